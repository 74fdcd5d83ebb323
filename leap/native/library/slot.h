/* What slot.c, wait.c and process.c need of each other. */
#ifndef LEAP_SLOT_H
#define LEAP_SLOT_H

#include "clock.h"

/** This process is on the clock: it ends with the coordinator, which hears of it, and may look where only a parent may. */
void slot_join(void);
/** The main thread of a program that has just been loaded. */
void slot_enroll_process(void);
/** Another program takes this one's place: the slot of the thread that asks for it stands for the process meanwhile. */
int slot_replaced(void);
/** It has not. */
void slot_not_replaced(int slot);
/** In free mode: this thread was woken by the kernel and waits until it is its process's turn. */
void wait_for_turn(void);
/** Wakes a thread of this process whose state says already that it runs, in the way in which it waits. */
void wait_wake(int slot);
/** Closes what this thread waited on. */
void set_close(void);
/** In a forked child: what its parent waited on is the parent's. */
void wait_forked(void);
/** Threads that are parked in this process's memory are not there in a forked child. */
void park_forked(void);

#endif
