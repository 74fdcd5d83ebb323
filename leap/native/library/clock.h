/* A thread's time, and its place in the shared memory. See clock.c and slot.c. */
#ifndef LEAP_CLOCK_H
#define LEAP_CLOCK_H

#include "../shared.h"
#include "kernel.h"
#include <stdbool.h>

#define EXPORT __attribute__((visibility("default")))
#define SHARED_WORDS __attribute__((tls_model("initial-exec")))

/** NULL: this process is not on a clock, and every call goes to the kernel as it is. */
extern struct leap_shared *leap;
/** The process's group. */
extern struct leap_group *leap_group;
extern uint32_t leap_group_index;
/** This thread's slot, or -1. */
extern __thread int my_slot SHARED_WORDS;

/** True where waits are the clock's; false without a clock and in real mode, where only dates are ours. */
static inline bool on_clock(void) { return leap != NULL && leap->mode != LEAP_MODE_REAL; }

/* clock.c */
/** The incident's monotonic time, ns; what this thread has computed is published with it. */
int64_t clock_now(void);
/** The date as this process sees it, ns since 1970. */
int64_t clock_date(void);
/** A deadline on one of the system's clocks, as one on the incident's monotonic clock. */
int64_t clock_deadline(clockid_t id, const struct timespec *at);
/** In real mode: a date of the process's as one of the kernel's. */
struct timespec clock_real_date(const struct timespec *at);
/** Makes known how far this thread has computed, before what it did can be seen by others. */
void clock_publish(void);
int64_t clock_after(int64_t ns);
/** Whether the clock has got there; right after a wait this costs no reading of it. */
bool clock_is_past(int64_t deadline);
/** A wait has ended: this thread's time goes on from the clock's. */
void clock_woken(void);
/** The machine's monotonic clock. */
int64_t clock_wall(void);

/* slot.c */
/** Gives this thread a slot, once. */
void slot_enroll(void);
/** A slot in which somebody who is about to start counts as running. */
int slot_reserve(void);
/** This thread takes the slot that was reserved for it. */
void slot_take(int slot);
/** Gives back a slot whose owner is this; does nothing where it has another by now. */
void slot_release(int slot, uint64_t owner);
/** In a forked child: takes the slot that its parent reserved for it. */
void slot_forked(int reserved, int parent);
/** Names the process that a reserved slot stands for, unless that process is enrolled already. */
void slot_started(int slot, int pid);
/**
 * From here on this thread waits; pair with slot_resume. Wakes the coordinator where nobody runs any more. False where
 * the thread has been woken already, by a notice that came before it slept: then it goes on, and still resumes.
 */
bool slot_begin(enum leap_way way, int64_t deadline);
/** True where the coordinator or another thread has woken this one, rather than the kernel. */
bool slot_resume(void);
/** A signal's handler has begun to run in the middle of this thread's wait, or anywhere: it counts as running. */
enum leap_way slot_pause(void);
/** The handler has returned, and a wait in the kernel goes on. */
void slot_unpause(enum leap_way way);
/** Whether this thread still counts as waiting. */
bool slot_is_waiting(void);
/** Wakes a parked thread, which is counted as running from here on, or notifies one that is about to park. */
void slot_unpark(int slot);
/** A notice for a wait that is over is for no other. */
void slot_forget_notice(void);
/** Ends the process when its coordinator is gone. */
void slot_heartbeat(void);
void slot_kick(void);
/** What a signal, an exit or a stop may have changed is looked at before the next leap. */
void slot_signalled(void);
void slot_kick_if_due(int64_t now);

/* message.c */
void message_send(enum leap_message_kind kind, int index, const char *text, const int *fds, int fd_count);
/** Whether there is still a coordinator. */
bool message_arrives(void);

#endif
