#pragma once
#include <stddef.h>
#include <termios.h>

/* What a signal handler may do is too little for Swift: handlers here touch static memory and call write, tcsetattr,
   sigaction and raise alone. */

/* Opens a pipe that never blocks and that child programs do not inherit. 0 on success. */
int terminal_pipe(int ends[2]);

/* From now on SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGTSTP and SIGCONT write their number, one byte, to `descriptor`;
   SIGPIPE is ignored. */
void terminal_watch_signals(int descriptor);

/* Gives these signals back to the system's own handling. */
void terminal_ignore_signals(void);

/* From now on a crash writes `restore` to `descriptor`, sets `saved`, writes `message` to standard error, and dies of
   its signal. Both strings are copied; longer ones than 1023 bytes are cut. */
void terminal_arm(int descriptor, const struct termios *saved, const char *restore, const char *message);

/* The terminal has been given back: a crash says its message, and restores nothing. */
void terminal_disarm(void);

/* Stops the process as the terminal's own ^Z would, until it is continued. */
void terminal_stop(void);

/* Raises `signal` with the system's own handling, so that the parent sees by what we ended. */
void terminal_die(int signal);
