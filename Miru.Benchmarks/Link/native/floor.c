/*
 * floor SOCKET TRIGGER SLUG FRAMES: what a single-threaded C server needs for the agent's answers. It repeats the agent's own recorded frames, and
 * pushes CONFIG and SYNCED to every watcher when a byte comes in on TRIGGER. Ends with its standard input.
 */
#include <signal.h>
#include <sys/epoll.h>
#include "frames.h"
#include "measure.h"

enum { SEND_BUFFER = 32 * 1024, MOST_CLIENTS = 4096, REQUESTS = 4096, ANSWER = 2 * LARGEST_FRAME };

struct client { int fd; uint32_t watch; size_t have, unsent; uint8_t in[REQUESTS], *out; };
struct template { size_t size; uint8_t bytes[ANSWER]; };

static struct template welcome, config, watching, push;
static size_t synced_at;
static char get_header[256], watch_header[256];
static struct client *clients[MOST_CLIENTS];
static int poller;

static void append(struct template *to, const struct frame *f)
{
    memcpy(to->bytes + to->size, f->bytes, f->size);
    to->size += f->size;
}

static void load(const char *path)
{
    static uint8_t bytes[8 * LARGEST_FRAME];
    FILE *file = fopen(path, "r");
    if (file == NULL)
        die(path);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    struct frame f;
    for (uint8_t *p = bytes; decode(p, bytes + size - p, &f); p += f.size) {
        if (f.kind == WELCOME)
            append(&welcome, &f);
        if (f.kind == WATCHING)
            append(&watching, &f);
        if (f.kind == CONFIG)
            append(&config, &f);
        if (f.kind == CONFIG || f.kind == SYNCED) {
            synced_at = push.size;
            append(&push, &f);
        }
    }
    fclose(file);
}

static int listen_at(const char *path)
{
    struct sockaddr_un a = address(path);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) < 0 || listen(fd, 1024) < 0)
        die(path);
    return fd;
}

static void interest(int operation, int fd, uint32_t events)
{
    struct epoll_event e = { .events = events, .data.fd = fd };
    if (epoll_ctl(poller, operation, fd, &e) < 0)
        die("epoll_ctl");
}

static void admit(int listener)
{
    int fd, size = SEND_BUFFER;
    while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        if (fd >= MOST_CLIENTS) {
            close(fd);
            continue;
        }
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
        clients[fd] = calloc(1, sizeof **clients);
        clients[fd]->fd = fd;
        clients[fd]->out = malloc(ANSWER);
        interest(EPOLL_CTL_ADD, fd, EPOLLIN);
    }
}

static void forget(struct client *c)
{
    close(c->fd);
    clients[c->fd] = NULL;
    free(c->out);
    free(c);
}

/* What does not fit waits, and the client is read no further until it has gone. */
static void answer(struct client *c, const uint8_t *bytes, size_t size)
{
    ssize_t n = write(c->fd, bytes, size);
    if (n == (ssize_t)size)
        return;
    if (n < 0)
        n = 0;
    c->unsent = size - (size_t)n;
    memcpy(c->out, bytes + n, c->unsent);
    interest(EPOLL_CTL_MOD, c->fd, EPOLLOUT);
}

static void repeat(struct client *c, struct template *t, uint32_t correlation)
{
    put_u32(t->bytes + 8, correlation);
    if (t == &push)
        put_u32(t->bytes + synced_at + 8, correlation);
    answer(c, t->bytes, t->size);
}

static int same(const struct frame *f, const char *header)
{
    size_t n = strlen(header);
    return f->size - PREAMBLE == n && memcmp(f->bytes + PREAMBLE, header, n) == 0;
}

/* Returns 0 where the client asked what no measurement asks. */
static int serve(struct client *c, const struct frame *f)
{
    if (f->kind == GET && same(f, get_header))
        repeat(c, &config, f->correlation);
    else if (f->kind == HELLO)
        repeat(c, &welcome, f->correlation);
    else if (f->kind == WATCH && same(f, watch_header)) {
        c->watch = f->correlation;
        repeat(c, &watching, f->correlation);
        repeat(c, &push, f->correlation);
    } else if (f->kind != DEMAND && f->kind != PING)
        return 0;
    return 1;
}

/* Serves the whole frames at the front of the input while the client takes the answers; 0 ends the connection. */
static int progress(struct client *c)
{
    size_t used = 0;
    struct frame f;
    while (c->unsent == 0 && decode(c->in + used, c->have - used, &f)) {
        if (!serve(c, &f))
            return 0;
        used += f.size;
    }
    memmove(c->in, c->in + used, c->have -= used);
    return 1;
}

static int readable(struct client *c)
{
    ssize_t n = read(c->fd, c->in + c->have, sizeof c->in - c->have);
    if (n <= 0)
        return n < 0 && errno == EAGAIN;
    c->have += (size_t)n;
    return progress(c);
}

static int writable(struct client *c)
{
    ssize_t n = write(c->fd, c->out, c->unsent);
    if (n < 0)
        return errno == EAGAIN;
    c->unsent -= (size_t)n;
    memmove(c->out, c->out + n, c->unsent);
    if (c->unsent > 0)
        return 1;
    interest(EPOLL_CTL_MOD, c->fd, EPOLLIN);
    return progress(c);
}

static void push_to_all(int trigger)
{
    uint8_t byte;
    if (read(trigger, &byte, 1) != 1) {
        close(trigger);
        return;
    }
    for (int fd = 0; fd < MOST_CLIENTS; fd++) {
        if (clients[fd] != NULL && clients[fd]->watch != 0 && clients[fd]->unsent == 0)
            repeat(clients[fd], &push, clients[fd]->watch);
    }
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return 2;
    snprintf(get_header, sizeof get_header, "{\"slug\":\"%s\"}", argv[3]);
    snprintf(watch_header, sizeof watch_header, "{\"slugs\":[\"%s\"]}", argv[3]);
    load(argv[4]);
    int listener = listen_at(argv[1]), triggers = listen_at(argv[2]);
    signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();
    poller = epoll_create1(EPOLL_CLOEXEC);
    interest(EPOLL_CTL_ADD, STDIN_FILENO, EPOLLIN);
    interest(EPOLL_CTL_ADD, listener, EPOLLIN);
    interest(EPOLL_CTL_ADD, triggers, EPOLLIN);

    for (;;) {
        struct epoll_event events[64];
        int n = epoll_wait(poller, events, 64, -1);
        for (int i = 0; i < n; i++) {
            int fd = events[i].data.fd;
            if (fd == STDIN_FILENO)
                return 0;
            if (fd == listener)
                admit(listener);
            else if (fd == triggers)
                interest(EPOLL_CTL_ADD, accept4(triggers, NULL, NULL, SOCK_CLOEXEC), EPOLLIN);
            else if (clients[fd] == NULL)
                push_to_all(fd);
            else if (!(events[i].events & EPOLLOUT ? writable(clients[fd]) : readable(clients[fd])))
                forget(clients[fd]);
        }
    }
}
