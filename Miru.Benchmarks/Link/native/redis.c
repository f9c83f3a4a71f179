/* redis SOCKET SLUG COUNT WARMUP PACE: the same as get, for a Redis that listens on a Unix socket; sets the key to 1 KiB first. */
#include "frames.h"
#include "measure.h"

enum { CONTENT = 1024, ANSWER = 7 + CONTENT + 2 }; /* "$1024\r\n", the content, "\r\n" */

struct asking { int fd; char request[256]; size_t size; };

static void read_exactly(int fd, size_t size)
{
    char answer[ANSWER];
    for (size_t have = 0; have < size;) {
        ssize_t n = read(fd, answer + have, size - have);
        if (n <= 0 || answer[0] == '-')
            die("redis");
        have += (size_t)n;
    }
}

static void get(void *state)
{
    struct asking *a = state;
    send_all(a->fd, (const uint8_t *)a->request, a->size);
    read_exactly(a->fd, ANSWER);
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return 2;
    struct asking a = { .fd = connect_to(argv[1]) };
    char set[CONTENT + 256];
    int n = snprintf(set, sizeof set, "*3\r\n$3\r\nSET\r\n$%zu\r\n%s\r\n$%d\r\n%0*d\r\n", strlen(argv[2]), argv[2], CONTENT, CONTENT, 0);
    send_all(a.fd, (const uint8_t *)set, (size_t)n);
    read_exactly(a.fd, 5); /* "+OK\r\n" */
    a.size = (size_t)snprintf(a.request, sizeof a.request, "*2\r\n$3\r\nGET\r\n$%zu\r\n%s\r\n", strlen(argv[2]), argv[2]);
    return run_loop(get, &a, a.fd, argv + 3);
}
