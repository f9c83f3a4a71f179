/* A client's end of the link: blocking, one buffer, a heartbeat answered in passing. */
#ifndef CONNECTION_H
#define CONNECTION_H

#include "frames.h"

struct connection { int fd; size_t start, end; uint8_t buffer[4 * LARGEST_FRAME]; };

/* Takes the next frame out of the buffer; it stands until the next fill. */
static inline int next_frame(struct connection *c, struct frame *out)
{
    if (!decode(c->buffer + c->start, c->end - c->start, out))
        return 0;
    c->start += out->size;
    return 1;
}

/* Reads once; 0 where a non-blocking socket has nothing. */
static inline size_t fill(struct connection *c)
{
    memmove(c->buffer, c->buffer + c->start, c->end - c->start);
    c->end -= c->start;
    c->start = 0;
    ssize_t n = read(c->fd, c->buffer + c->end, sizeof c->buffer - c->end);
    if (n < 0 && errno == EAGAIN)
        return 0;
    if (n <= 0)
        die("read");
    c->end += (size_t)n;
    return (size_t)n;
}

/* The next frame that is no heartbeat; a heartbeat is answered, or the agent would close a client that only listens. */
static inline struct frame await_frame(struct connection *c)
{
    for (;;) {
        struct frame f;
        while (!next_frame(c, &f))
            fill(c);
        if (f.kind == HEARTBEAT) {
            uint8_t ping[PREAMBLE];
            send_all(c->fd, ping, encode(ping, PING, 0, ""));
        } else if (f.kind != PONG) {
            return f;
        }
    }
}

static inline struct frame expect(struct connection *c, uint8_t kind)
{
    struct frame f = await_frame(c);
    if (f.kind != kind) {
        fprintf(stderr, "expected kind %d, got %d: %.*s\n", kind, f.kind, (int)(f.size - PREAMBLE), f.bytes + PREAMBLE);
        exit(1);
    }
    return f;
}

/* Connects and greets. */
static inline struct connection *open_link(const char *path)
{
    uint8_t hello[256];
    struct connection *c = calloc(1, sizeof *c);
    c->fd = connect_to(path);
    send_all(c->fd, hello, encode(hello, HELLO, 1, "{\"protocol\":[1],\"app\":\"benchmark\",\"sdk\":\"c\"}"));
    expect(c, WELCOME);
    return c;
}

/* A GET of a slug, to be sent with a correlation of its own. */
static inline size_t encode_get(uint8_t *to, const char *slug)
{
    char header[256];
    snprintf(header, sizeof header, "{\"slug\":\"%s\"}", slug);
    return encode(to, GET, 2, header);
}

static inline size_t encode_watch(uint8_t *to, const char *slug)
{
    char header[256];
    snprintf(header, sizeof header, "{\"slugs\":[\"%s\"]}", slug);
    return encode(to, WATCH, 2, header);
}

#endif
