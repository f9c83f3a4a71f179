// Runs a program and ends it with SIGKILL just before its N-th system call that changes something below a folder, counted over all of
// its threads; with N = 0 it only counts. Writes one line per counted call to LOG.
//   stop-at N FOLDER LOG program arguments...
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *folder;
static size_t folder_length;

static int below(const char *path) { return strncmp(path, folder, folder_length) == 0; }

static int fd_path(pid_t tid, long fd, char *path, size_t size)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/%d/fd/%ld", tid, fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return 1;
}

static void text(pid_t tid, unsigned long address, char *into, size_t size)
{
    char file[64];
    snprintf(file, sizeof file, "/proc/%d/mem", tid);
    int memory = open(file, O_RDONLY | O_CLOEXEC);
    ssize_t length = memory < 0 ? -1 : pread(memory, into, size - 1, (off_t)address);
    if (memory >= 0)
        close(memory);
    into[length < 0 ? 0 : length] = 0;
}

static int at_path(pid_t tid, long directory, unsigned long name, char *path, size_t size)
{
    char relative[4096], base[4096];
    text(tid, name, relative, sizeof relative);
    if (relative[0] == '/' || (int)directory == AT_FDCWD || !fd_path(tid, directory, base, sizeof base))
        snprintf(path, size, "%s", relative);
    else
        snprintf(path, size, "%s/%s", base, relative);
    return below(path);
}

// The name of a call that changes something below the folder, or NULL.
static const char *changing(pid_t tid, const struct __ptrace_syscall_info *info, char *path, size_t size)
{
    const __typeof__(info->entry.args[0]) *a = info->entry.args;
#define ON_FD(call) case SYS_##call: return fd_path(tid, (long)a[0], path, size) && below(path) ? #call : NULL
#define AT(call, directory, name) case SYS_##call: return at_path(tid, (long)(directory), name, path, size) ? #call : NULL
    switch (info->entry.nr) {
        ON_FD(write);
        ON_FD(pwrite64);
        ON_FD(writev);
        ON_FD(fsync);
        ON_FD(fdatasync);
        ON_FD(ftruncate);
        ON_FD(fallocate);
        ON_FD(fchmod);
        ON_FD(fchown);
        AT(renameat, a[2], a[3]);
        AT(renameat2, a[2], a[3]);
        AT(linkat, a[2], a[3]);
        AT(unlinkat, a[0], a[1]);
        AT(mkdirat, a[0], a[1]);
#ifdef SYS_rename
        AT(rename, AT_FDCWD, a[1]);
        AT(unlink, AT_FDCWD, a[0]);
        AT(mkdir, AT_FDCWD, a[0]);
        case SYS_open: return (a[1] & O_CREAT) && at_path(tid, AT_FDCWD, a[0], path, size) ? "open" : NULL;
#endif
        case SYS_openat: return (a[2] & O_CREAT) && at_path(tid, (long)a[0], a[1], path, size) ? "openat" : NULL;
        default: return NULL;
    }
}

int main(int argc, char **argv)
{
    if (argc < 5) {
        fprintf(stderr, "usage: stop-at N FOLDER LOG program arguments...\n");
        return 64;
    }
    long stop = atol(argv[1]), count = 0;
    folder = argv[2];
    folder_length = strlen(folder);
    FILE *log = fopen(argv[3], "we");
    if (!log) {
        perror(argv[3]);
        return 1;
    }
    pid_t child = fork();
    if (child == 0) {
        raise(SIGSTOP);
        execvp(argv[4], argv + 4);
        perror(argv[4]);
        _exit(127);
    }
    int status;
    waitpid(child, &status, WUNTRACED);
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, child, 0, options) != 0) {
        perror("ptrace");
        kill(child, SIGKILL);
        return 70;
    }
    kill(child, SIGCONT);
    for (;;) {
        pid_t tid = waitpid(-1, &status, __WALL);
        if (tid < 0)
            return 0;
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (tid == child) {
                fclose(log);
                return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            }
            continue;
        }
        int signal = WSTOPSIG(status);
        int deliver = 0;
        if (signal == (SIGTRAP | 0x80)) {
            struct __ptrace_syscall_info info;
            char path[8192] = "";
            const char *call;
            if (ptrace(PTRACE_GET_SYSCALL_INFO, tid, sizeof info, &info) > 0 && info.op == PTRACE_SYSCALL_INFO_ENTRY
                && (call = changing(tid, &info, path, sizeof path))) {
                fprintf(log, "%ld %s %s\n", ++count, call, path);
                fflush(log);
                if (count == stop) {
                    kill(child, SIGKILL);
                    continue;
                }
            }
        } else if (status >> 16 == 0 && signal != SIGTRAP && signal != SIGSTOP && signal != SIGCONT) {
            deliver = signal;
        } else if (status >> 16 == PTRACE_EVENT_STOP && (signal == SIGSTOP || signal == SIGTSTP)) {
            ptrace(PTRACE_LISTEN, tid, 0, 0);
            continue;
        }
        ptrace(PTRACE_SYSCALL, tid, 0, deliver);
    }
}
