/* The frames of docs/protocol.md, as much of them as a measurement needs: a preamble of 12 bytes, a JSON header, a body. */
#ifndef FRAMES_H
#define FRAMES_H

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PREAMBLE = 12, LARGEST_FRAME = 16 * 1024 };
enum { HELLO = 1, GET = 2, WATCH = 4, DEMAND = 6, PING = 13, WELCOME = 65, CONFIG = 66, WATCHING = 68, HEARTBEAT = 73, PONG = 76, SYNCED = 77 };

struct frame { uint8_t kind; uint32_t correlation; const uint8_t *bytes, *body; size_t size, body_size; };

static inline void die(const char *what) { perror(what); exit(1); }

static inline uint32_t get_u32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static inline void put_u32(uint8_t *p, uint32_t v) { p[0] = v >> 24; p[1] = v >> 16; p[2] = v >> 8; p[3] = v; }

/* Writes a frame without a body; returns its size. */
static inline size_t encode(uint8_t *to, uint8_t kind, uint32_t correlation, const char *header)
{
    size_t n = strlen(header);
    put_u32(to, (uint32_t)(8 + n));
    to[4] = kind;
    to[5] = 0;
    to[6] = n >> 8;
    to[7] = n;
    put_u32(to + 8, correlation);
    memcpy(to + PREAMBLE, header, n);
    return PREAMBLE + n;
}

/* Whether a whole frame stands at the front of the bytes. */
static inline int decode(const uint8_t *bytes, size_t size, struct frame *out)
{
    if (size < PREAMBLE)
        return 0;
    size_t whole = 4 + (size_t)get_u32(bytes), header = (size_t)bytes[6] << 8 | bytes[7];
    if (whole > LARGEST_FRAME || whole < PREAMBLE + header) {
        fprintf(stderr, "a frame of %zu bytes with a header of %zu\n", whole, header);
        exit(1);
    }
    if (size < whole)
        return 0;
    *out = (struct frame){ .kind = bytes[4], .correlation = get_u32(bytes + 8), .bytes = bytes, .body = bytes + PREAMBLE + header,
                           .size = whole, .body_size = whole - PREAMBLE - header };
    return 1;
}

static inline struct sockaddr_un address(const char *path)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };
    strncpy(a.sun_path, path, sizeof a.sun_path - 1);
    return a;
}

static inline int connect_to(const char *path)
{
    struct sockaddr_un a = address(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) < 0)
        die(path);
    return fd;
}

/* Requests are small: a socket that does not take one at once is a failure of the measurement. */
static inline void send_all(int fd, const uint8_t *bytes, size_t size)
{
    if (write(fd, bytes, size) != (ssize_t)size)
        die("write");
}

#endif
