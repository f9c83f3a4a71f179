// The writes and syncs of one config's way onto the disk and nothing else, as strace shows them: SQLite's log gets the list with the intent,
// the file is staged and its directory synced, the log gets the decision, the file is renamed and its directory synced, the log gets the new
// snapshot. Prints the nanoseconds of each round.
//   bare-commit FOLDER ROUNDS
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { HEADER = 24, PAGE = 4096, LOG = 4 << 20, CONFIG = 1024 };

enum { INTENT = 11, DECISION = 3, SNAPSHOT = 11 }; // pages

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

static void commit(int log, int pages)
{
    static char page[PAGE];
    static off_t end = 0;
    memset(page, 'p', sizeof page);
    for (int i = 0; i < pages; i++) {
        must((int)pwrite(log, page, HEADER, end), "log");
        must((int)pwrite(log, page, PAGE, end + HEADER), "log");
        end = (end + HEADER + PAGE) % LOG;
    }
    must(fsync(log), "log");
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 64;
    must(chdir(argv[1]), argv[1]);
    static char config[CONFIG];
    int log = open("log", O_RDWR | O_CREAT, 0600), folder = open(".", O_RDONLY | O_DIRECTORY);
    must(log, "log");
    must(folder, ".");
    for (long round = 0; round < atol(argv[2]); round++) {
        memset(config, (int)('a' + round % 26), sizeof config);
        long began = now();
        commit(log, INTENT);
        int file = openat(folder, "config.new", O_WRONLY | O_CREAT | O_EXCL, 0600);
        must(file, "config.new");
        must((int)write(file, config, sizeof config), "config.new");
        must(fsync(file), "config.new");
        close(file);
        must(fsync(folder), ".");
        commit(log, DECISION);
        must(renameat(folder, "config.new", folder, "config"), "config");
        must(fsync(folder), ".");
        commit(log, SNAPSHOT);
        printf("%ld\n", now() - began);
    }
    return 0;
}
