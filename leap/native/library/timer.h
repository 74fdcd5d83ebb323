/* See timer.c. */
#ifndef LEAP_TIMER_H
#define LEAP_TIMER_H

/** The program has closed this descriptor, which may have been a timer. */
void timer_closed(int fd);
/** In a program that has just been loaded: which timers of the one before are still open. */
void timers_after_exec(void);
void timer_closed_range(unsigned first, unsigned last);

#endif
