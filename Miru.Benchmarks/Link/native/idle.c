/* idle SOCKET SLUG CONNECTIONS: well-behaved watchers that only answer heartbeats. Prints a line when all stand; ends with its standard input. */
#include <poll.h>
#include "connection.h"
#include "measure.h"

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    size_t width = strtoul(argv[3], NULL, 10);
    struct connection **connections = calloc(width, sizeof *connections);
    struct pollfd *waits = calloc(width + 1, sizeof *waits);
    uint8_t message[512];
    raise_descriptor_limit();
    for (size_t i = 0; i < width; i++) {
        connections[i] = open_link(argv[1]);
        send_all(connections[i]->fd, message, encode_watch(message, argv[2]));
        while (await_frame(connections[i]).kind != SYNCED) { }
        waits[i] = (struct pollfd){ .fd = connections[i]->fd, .events = POLLIN };
    }
    waits[width] = (struct pollfd){ .fd = STDIN_FILENO, .events = POLLIN };
    puts("idle");
    fflush(stdout);
    while (poll(waits, width + 1, -1) > 0 && waits[width].revents == 0) {
        for (size_t i = 0; i < width; i++) {
            struct frame f;
            if (waits[i].revents == 0)
                continue;
            fill(connections[i]);
            while (next_frame(connections[i], &f))
                if (f.kind == HEARTBEAT)
                    send_all(connections[i]->fd, message, encode(message, PING, 0, ""));
        }
    }
    return 0;
}
