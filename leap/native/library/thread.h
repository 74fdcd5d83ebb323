/* See thread.c. */
#ifndef LEAP_THREAD_H
#define LEAP_THREAD_H

#include "clock.h"

/** Whether this thread is to be cancelled, and allows it: it then does so at the next place for it. */
bool thread_is_cancelled(void);
/** Ends this thread here if it is to be cancelled. */
void thread_cancellation_point(void);
/** This thread has its slot. */
void thread_begun(void);
/** It has run its last destructor; whoever joins it is woken. */
void thread_ending(void);

#endif
