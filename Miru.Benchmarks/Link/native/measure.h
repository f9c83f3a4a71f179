/* Time, the CPU that the server burns meanwhile, and the one line of figures that a client prints. */
#ifndef MEASURE_H
#define MEASURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

static inline int64_t read_clock(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static inline int64_t now(void) { return read_clock(CLOCK_MONOTONIC); }

static inline void sleep_until(int64_t when)
{
    struct timespec t = { .tv_sec = when / 1000000000LL, .tv_nsec = when % 1000000000LL };
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) != 0) { }
}

/* The CPU clock of the process at the other end of a Unix socket: all its threads, in nanoseconds. */
static inline clockid_t cpu_clock_of_peer(int fd)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    clockid_t clock;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || clock_getcpuclockid(peer.pid, &clock) != 0) {
        fprintf(stderr, "no CPU clock of the server\n");
        exit(1);
    }
    return clock;
}

static inline int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Sorts the times of all requests and prints their figures, in microseconds and requests per second. */
static inline void report(int64_t *times, size_t count, int64_t elapsed, int64_t server_cpu)
{
    qsort(times, count, sizeof *times, ascending);
    printf("{\"p50\":%.3f,\"p99\":%.3f,\"rate\":%.1f,\"cpu\":%.3f}\n", times[count / 2] / 1e3, times[count - 1 - count / 100] / 1e3,
           count * 1e9 / elapsed, (double)server_cpu / count / 1e3);
}

/* A thousand connections need more descriptors than a shell grants at first. */
static inline void raise_descriptor_limit(void)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* One request after the other: arguments are COUNT WARMUP PACE. */
static inline int run_loop(void (*ask)(void *), void *state, int fd, char **arguments)
{
    size_t count = strtoul(arguments[0], NULL, 10), warmup = strtoul(arguments[1], NULL, 10);
    int64_t pace = atoll(arguments[2]), *times = calloc(count, sizeof *times);
    clockid_t server = cpu_clock_of_peer(fd);

    for (size_t i = 0; i < warmup; i++)
        ask(state);

    int64_t cpu = read_clock(server), started = now(), due = started;
    for (size_t i = 0; i < count; i++) {
        if (pace > 0)
            sleep_until(due += pace);
        int64_t sent = now();
        ask(state);
        times[i] = now() - sent;
    }
    report(times, count, now() - started, read_clock(server) - cpu);
    return 0;
}

#endif
