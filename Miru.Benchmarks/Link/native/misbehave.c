/*
 * misbehave stuck|flood SOCKET SLUG: clients that nobody else should notice. 'stuck' asks and watches and never reads; 'flood' asks as fast as it
 * is let. Prints a line when it has begun; ends with its standard input.
 */
#include <poll.h>
#include <sched.h>
#include "connection.h"

enum { PIPELINED = 64 };

static uint8_t requests[PIPELINED * 128];
static size_t requests_size;

static int stuck(struct connection *c)
{
    char byte;
    while (send(c->fd, requests, requests_size, MSG_DONTWAIT) > 0) { }
    puts("stuck");
    fflush(stdout);
    return (int)read(STDIN_FILENO, &byte, 1);
}

/* Writes a stream of requests, at any offset, and throws the answers away. */
static int flood(struct connection *c)
{
    struct pollfd waits[] = { { .fd = c->fd, .events = POLLIN | POLLOUT }, { .fd = STDIN_FILENO, .events = POLLIN } };
    size_t at = 0;
    puts("flood");
    fflush(stdout);
    while (poll(waits, 2, -1) > 0 && waits[1].revents == 0) {
        if (waits[0].revents & POLLIN && recv(c->fd, c->buffer, sizeof c->buffer, MSG_DONTWAIT) == 0)
            die("the server closed the flood");
        ssize_t n = send(c->fd, requests + at, requests_size - at, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n > 0)
            at = (at + (size_t)n) % requests_size;
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    /* Only cycles that nobody else wants: what is measured is the server's fairness, not the kernel's between processes. */
    struct sched_param none = { 0 };
    sched_setscheduler(0, SCHED_IDLE, &none);
    struct connection *c = open_link(argv[2]);
    for (int i = 0; i < PIPELINED; i++) {
        size_t size = encode_get(requests + requests_size, argv[3]);
        put_u32(requests + requests_size + 8, 100 + i);
        requests_size += size;
    }
    if (strcmp(argv[1], "flood") == 0)
        return flood(c);
    uint8_t watch[512];
    send_all(c->fd, watch, encode_watch(watch, argv[3]));
    return stuck(c);
}
