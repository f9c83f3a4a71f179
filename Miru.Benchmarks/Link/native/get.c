/* get SOCKET SLUG COUNT WARMUP PACE: one connection, one GET after the other, blocking; PACE is nanoseconds between two starts, 0 for none. */
#include "connection.h"
#include "measure.h"

static void get(struct connection *c, uint8_t *request, size_t size, uint32_t correlation)
{
    put_u32(request + 8, correlation);
    send_all(c->fd, request, size);
    while (expect(c, CONFIG).correlation != correlation) { }
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    size_t count = strtoul(argv[3], NULL, 10), warmup = strtoul(argv[4], NULL, 10);
    int64_t pace = atoll(argv[5]), *times = calloc(count, sizeof *times);
    uint8_t request[512];
    size_t size = encode_get(request, argv[2]);
    struct connection *c = open_link(argv[1]);
    clockid_t server = cpu_clock_of_peer(c->fd);
    uint32_t correlation = 2;

    for (size_t i = 0; i < warmup; i++)
        get(c, request, size, ++correlation);

    int64_t cpu = read_clock(server), started = now(), due = started;
    for (size_t i = 0; i < count; i++) {
        if (pace > 0)
            sleep_until(due += pace);
        int64_t sent = now();
        get(c, request, size, ++correlation);
        times[i] = now() - sent;
    }
    report(times, count, now() - started, read_clock(server) - cpu);
    return 0;
}
