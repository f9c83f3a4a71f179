// Shuts the file system of a folder down, as a power cut would leave it. Flag 1 keeps the journal and loses data that was not synced,
// flag 2 loses the tail of the journal as well.
//   cut-power FOLDER FLAG
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#define SHUTDOWN _IOR('X', 125, uint32_t)

int main(int argc, char **argv)
{
    if (argc != 3)
        return 64;
    int folder = open(argv[1], O_RDONLY | O_DIRECTORY);
    uint32_t flag = (uint32_t)atoi(argv[2]);
    if (folder < 0 || ioctl(folder, SHUTDOWN, &flag) != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
