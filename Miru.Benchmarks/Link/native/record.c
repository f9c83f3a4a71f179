/* record SOCKET SLUG FILE: writes the frames with which the server answers HELLO, GET and WATCH, byte for byte, for the floor to repeat. */
#include "connection.h"

int main(int argc, char **argv)
{
    if (argc != 4)
        return 2;
    uint8_t request[512];
    struct connection *c = open_link(argv[1]);
    FILE *file = fopen(argv[3], "w");
    if (file == NULL)
        die(argv[3]);
    fwrite(c->buffer, 1, c->start, file);
    send_all(c->fd, request, encode_get(request, argv[2]));
    struct frame f = expect(c, CONFIG);
    fwrite(f.bytes, 1, f.size, file);
    send_all(c->fd, request, encode_watch(request, argv[2]));
    for (f = expect(c, WATCHING); f.kind != SYNCED; f = await_frame(c))
        if (f.kind != CONFIG)
            fwrite(f.bytes, 1, f.size, file);
    fwrite(f.bytes, 1, f.size, file);
    return fclose(file);
}
