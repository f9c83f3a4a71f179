/* get SOCKET SLUG COUNT WARMUP PACE: one connection, one GET after the other, blocking; PACE is nanoseconds between two starts, 0 for none. */
#include "connection.h"
#include "measure.h"

struct asking { struct connection *c; uint8_t request[512]; size_t size; uint32_t correlation; };

static void get(void *state)
{
    struct asking *a = state;
    put_u32(a->request + 8, ++a->correlation);
    send_all(a->c->fd, a->request, a->size);
    while (expect(a->c, CONFIG).correlation != a->correlation) { }
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    struct asking a = { .c = open_link(argv[1]), .correlation = 1 };
    a.size = encode_get(a.request, argv[2]);
    return run_loop(get, &a, a.c->fd, argv + 3);
}
