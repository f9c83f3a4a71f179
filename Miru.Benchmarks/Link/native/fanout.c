/*
 * fanout SOCKET SLUG COUNT WARMUP WATCHERS TRIGGER: each byte to TRIGGER makes the server push a new version to all watchers. A time is from the
 * writing of that byte until the last watcher holds the version whole, SYNCED included.
 */
#include <sched.h>
#include <sys/epoll.h>
#include "connection.h"
#include "measure.h"

enum { PORTION = 32 }; /* demand is given back between two pushes, half a window at a time */

static struct connection **watchers;
static size_t width;
static int poller;

static void open_watchers(const char *path, const char *slug)
{
    uint8_t request[512];
    size_t size = encode_watch(request, slug);
    for (size_t i = 0; i < width; i++) {
        watchers[i] = open_link(path);
        send_all(watchers[i]->fd, request, size);
        while (await_frame(watchers[i]).kind != SYNCED) { }
        struct epoll_event e = { .events = EPOLLIN, .data.u64 = i };
        epoll_ctl(poller, EPOLL_CTL_ADD, watchers[i]->fd, &e);
    }
}

static void give_demand(void)
{
    char header[32];
    uint8_t demand[64];
    snprintf(header, sizeof header, "{\"count\":%d}", PORTION);
    size_t size = encode(demand, DEMAND, 0, header);
    for (size_t i = 0; i < width; i++)
        send_all(watchers[i]->fd, demand, size);
}

/* Returns, when the last watcher has everything, how long that took. */
static int64_t push(int trigger)
{
    int64_t sent = now();
    send_all(trigger, (const uint8_t *)"!", 1);
    for (size_t missing = width; missing > 0;) {
        struct epoll_event events[256];
        int n = epoll_wait(poller, events, 256, -1);
        for (int e = 0; e < n; e++) {
            struct connection *c = watchers[events[e].data.u64];
            struct frame f;
            fill(c);
            while (next_frame(c, &f))
                missing -= f.kind == SYNCED;
        }
    }
    return now() - sent;
}

int main(int argc, char **argv)
{
    if (argc != 7)
        return 2;
    /* The watchers wait until the server rests. Without this the kernel lets them in after some of its sends and not after others, and a
       switch of processes costs more than a push. */
    struct sched_param batch = { 0 };
    sched_setscheduler(0, SCHED_BATCH, &batch);
    size_t count = strtoul(argv[3], NULL, 10), warmup = strtoul(argv[4], NULL, 10);
    int64_t *times = calloc(count, sizeof *times), cpu = 0, started = 0;
    width = strtoul(argv[5], NULL, 10);
    watchers = calloc(width, sizeof *watchers);
    poller = epoll_create1(EPOLL_CLOEXEC);
    raise_descriptor_limit();
    open_watchers(argv[1], argv[2]);
    clockid_t server = cpu_clock_of_peer(watchers[0]->fd);
    int trigger = connect_to(argv[6]);

    for (size_t i = 0; i < warmup + count; i++) {
        if (i == warmup) {
            cpu = read_clock(server);
            started = now();
        }
        int64_t took = push(trigger);
        if (i >= warmup)
            times[i - warmup] = took;
        if (i % PORTION == PORTION - 1)
            give_demand();
    }
    report(times, count, now() - started, read_clock(server) - cpu);
    return 0;
}
