#define _GNU_SOURCE
#include "CTerminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int notices = -1;
static const int watched[] = {SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGTRAP, SIGFPE};

static volatile sig_atomic_t armed = 0;
static int terminal = -1;
static struct termios modes;
static char restoring[1024];
static char farewell[1024];
static char stack[65536];

int terminal_pipe(int ends[2]) { return pipe2(ends, O_NONBLOCK | O_CLOEXEC); }

static void notice(int signal) {
    int error = errno;
    unsigned char byte = (unsigned char)signal;
    ssize_t ignored = write(notices, &byte, 1);
    (void)ignored;
    errno = error;
}

static void handle(int signal, void (*handler)(int), int flags) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, NULL);
}

void terminal_watch_signals(int descriptor) {
    notices = descriptor;
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) handle(watched[i], notice, SA_RESTART);
    handle(SIGPIPE, SIG_IGN, 0);
}

void terminal_ignore_signals(void) {
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) handle(watched[i], SIG_DFL, 0);
}

static void say(int descriptor, const char *text) {
    size_t left = strlen(text);
    while (left > 0) {
        ssize_t done = write(descriptor, text, left);
        if (done <= 0) {
            if (done < 0 && errno == EINTR) continue;
            return;
        }
        text += done;
        left -= (size_t)done;
    }
}

static void crash(int signal) {
    if (armed) {
        armed = 0;
        say(terminal, restoring);
        tcsetattr(terminal, TCSANOW, &modes);
    }
    say(STDERR_FILENO, farewell);
    /* SA_RESETHAND has put the default handling back. */
    raise(signal);
}

static void copy(char *to, const char *from) {
    strncpy(to, from, 1023);
    to[1023] = 0;
}

void terminal_arm(int descriptor, const struct termios *saved, const char *restore, const char *message) {
    armed = 0;
    terminal = descriptor;
    modes = *saved;
    copy(restoring, restore);
    copy(farewell, message);
    armed = 1;
    /* A stack that overflowed cannot run its own handler. */
    stack_t other;
    memset(&other, 0, sizeof other);
    other.ss_sp = stack;
    other.ss_size = sizeof stack;
    sigaltstack(&other, NULL);
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        handle(crashes[i], crash, SA_ONSTACK | SA_RESETHAND | SA_NODEFER);
}

void terminal_disarm(void) { armed = 0; }

void terminal_stop(void) {
    handle(SIGTSTP, SIG_DFL, 0);
    sigset_t open;
    sigemptyset(&open);
    sigaddset(&open, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &open, NULL);
    kill(0, SIGTSTP);
    /* Continued. An orphaned process group cannot be stopped that way and goes on at once. */
    handle(SIGTSTP, notice, SA_RESTART);
}

void terminal_die(int signal) {
    handle(signal, SIG_DFL, 0);
    raise(signal);
}
