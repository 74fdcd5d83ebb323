/* See set.c. */
#ifndef LEAP_SET_H
#define LEAP_SET_H

#include "clock.h"

/** This thread's epoll set and the eventfd that wakes it; -1: not open. */
extern __thread int set_fd SHARED_WORDS, wake_fd SHARED_WORDS;
/** How often the set was opened: what was put into an older one is not in this. */
extern __thread unsigned set_generation SHARED_WORDS;
/** Opens them where they are not; false where the program has no descriptor left. */
bool set_open(void);
/** The same descriptor under a number far from those that a program expects to get. */
int set_moved_up(int fd);
/** Closes them: they are not what they should be any more. */
void set_close(void);

#endif
