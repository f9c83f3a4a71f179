// The syncs of one config's way onto the disk and nothing else: five commits of a write-ahead log, one file staged, its directory synced,
// renamed, synced again. Prints the nanoseconds of each round.
//   bare-commit FOLDER ROUNDS
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096 + 24, PAGES = 4, COMMITS = 5, LOG = 4 << 20, CONFIG = 1024 };

static void must(int result, const char *what)
{
    if (result < 0) {
        perror(what);
        exit(1);
    }
}

static long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000L + t.tv_nsec;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 64;
    must(chdir(argv[1]), argv[1]);
    static char page[PAGE], config[CONFIG];
    memset(page, 'p', sizeof page);
    int log = open("log", O_RDWR | O_CREAT, 0600), folder = open(".", O_RDONLY | O_DIRECTORY);
    must(log, "log");
    must(folder, ".");
    off_t end = 0;
    for (long round = 0; round < atol(argv[2]); round++) {
        memset(config, (int)('a' + round % 26), sizeof config);
        long began = now();
        for (int commit = 0; commit < COMMITS; commit++) {
            for (int i = 0; i < PAGES; i++, end = (end + PAGE) % LOG)
                must((int)pwrite(log, page, PAGE, end), "log");
            must(fdatasync(log), "log");
            if (commit == 2) {
                int file = openat(folder, "config.new", O_WRONLY | O_CREAT | O_EXCL, 0600);
                must(file, "config.new");
                must((int)write(file, config, sizeof config), "config.new");
                must(fsync(file), "config.new");
                close(file);
                must(fsync(folder), ".");
            } else if (commit == 3) {
                must(renameat(folder, "config.new", folder, "config"), "config");
                must(fsync(folder), ".");
            }
        }
        printf("%ld\n", now() - began);
    }
    return 0;
}
