/* many SOCKET SLUG COUNT WARMUP CONNECTIONS: each connection asks again as soon as it is answered, all served by one epoll loop. */
#include <sys/epoll.h>
#include "connection.h"
#include "measure.h"

static uint8_t request[512];
static size_t request_size;

static void ask(struct connection *c, int64_t *sent)
{
    *sent = now();
    send_all(c->fd, request, request_size);
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    size_t count = strtoul(argv[3], NULL, 10), warmup = strtoul(argv[4], NULL, 10), width = strtoul(argv[5], NULL, 10), answered = 0;
    struct connection **connections = calloc(width, sizeof *connections);
    int64_t *sent = calloc(width, sizeof *sent), *times = calloc(count, sizeof *times), cpu = 0, started = 0;
    int poller = epoll_create1(EPOLL_CLOEXEC);
    raise_descriptor_limit();
    request_size = encode_get(request, argv[2]);
    for (size_t i = 0; i < width; i++) {
        connections[i] = open_link(argv[1]);
        struct epoll_event e = { .events = EPOLLIN, .data.u64 = i };
        epoll_ctl(poller, EPOLL_CTL_ADD, connections[i]->fd, &e);
    }
    clockid_t server = cpu_clock_of_peer(connections[0]->fd);
    for (size_t i = 0; i < width; i++)
        ask(connections[i], &sent[i]);

    while (answered < warmup + count) {
        struct epoll_event events[64];
        int n = epoll_wait(poller, events, 64, -1);
        for (int e = 0; e < n && answered < warmup + count; e++) {
            size_t i = events[e].data.u64;
            struct frame f;
            fill(connections[i]);
            while (next_frame(connections[i], &f)) {
                if (f.kind != CONFIG)
                    continue;
                if (answered == warmup) {
                    cpu = read_clock(server);
                    started = now();
                }
                if (answered >= warmup && answered < warmup + count)
                    times[answered - warmup] = now() - sent[i];
                answered++;
                ask(connections[i], &sent[i]);
            }
        }
    }
    report(times, count, now() - started, read_clock(server) - cpu);
    return 0;
}
