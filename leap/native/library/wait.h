/* How a thread waits until its clock's time or an event; see wait.c and park.c. */
#ifndef LEAP_WAIT_H
#define LEAP_WAIT_H

#include "slot.h"
#include "thread.h"
#include <poll.h>
#include <pthread.h>

/** Waits until one of a program's epoll instances may be ready, or the deadline has come; 0, or -EINTR. */
int wait_for_epoll(int epoll, int64_t deadline, const sigset_t *mask);
/** It was ready, or the time has come. */
void wait_was_fruitful(void);
/** poll() on the incident's clock: what is ready, 0 when the deadline has come, or -errno. */
int wait_for_fds(struct pollfd *fds, nfds_t count, int64_t deadline, const sigset_t *mask);
/** What may end a wait before its time, besides what it waits for. */
enum wait_rules {
  WAIT_CANCELLABLE = 1, /* the thread may be cancelled here */
  WAIT_BY_SIGNAL = 2    /* a handler that has run, as the kernel has it for the call: see wait_ends_by_signal */
};
/** Sleeps until then; 0, or -EINTR after any handler. Where it is cancelled it does not return. */
int wait_until(int64_t deadline, unsigned rules);
/** A call with a time limit ends when a handler has run; one without where that handler does not let it begin again. */
bool wait_ends_by_signal(unsigned rules, int64_t deadline);
/** handler.c: whether such a handler has run since it was asked to forget. */
void wait_clear_interrupted(void);
bool wait_is_interrupted(void);
/**
 * Whether any handler has run since. On the clock a signal may come in the middle of a wait that the thread has only just
 * begun: where it was not asleep in the kernel yet, that does not say EINTR, and this does.
 */
void wait_clear_handled(void);
bool wait_is_handled(void);
/** This thread's descriptors show at once. */
void wait_wake_self(void);
/** True for a descriptor that this library waits on, which the program must not close. */
bool wait_owns(int fd);
/** Those descriptors from first to last, in order, each once; how many, at most `room`. */
int wait_owned(unsigned first, unsigned last, unsigned *out, int room);
/** Another thread of this process that waits, and may be woken, looks again. */
void wait_nudge(int slot);

enum park_end { PARK_WOKEN, PARK_TIMEOUT, PARK_INTERRUPTED, PARK_CANCELLED, PARK_REFUSED };
struct park_options {
  /** Asked with the place locked, when whoever wakes it would find the thread; where it says no, PARK_REFUSED. */
  bool (*holds)(void *);
  /** Called when whoever wakes the address from here on will find the thread, as to unlock a mutex. */
  void (*asleep)(void *);
  void *argument;
  uint32_t bits; /* 0: any */
  unsigned rules;
};
/** Parks this thread on an address of its process until somebody wakes it there or the deadline has come. */
enum park_end park(void *address, int64_t deadline, const struct park_options *options);
/** Wakes at most so many that are parked there, first come first served; how many it were. */
int unpark(void *address, int how_many);
/** The same of those that wait for one of these bits. */
int unpark_bits(void *address, int how_many, uint32_t bits);
/** Wakes so many, and lets so many more wait elsewhere; how many both were. */
int unpark_requeue(void *from, int how_many, void *to, int how_many_more);

/**
 * Waits on a futex that other processes may wake: 0 when it was woken, -EAGAIN where it has another value, -ETIMEDOUT,
 * -EINTR, or -ECANCELED where the thread is to be cancelled.
 */
long wait_shared(_Atomic uint32_t *word, uint32_t value, int64_t deadline, unsigned rules);
/** Until one of these signals is there for this thread; 0, -EINTR or -ETIMEDOUT. */
int wait_for_signals(const sigset_t *set, int64_t deadline);
/** A wait in the kernel, seen from /proc only. Use: begin, the call itself, end. */
void wait_unseen_begin(void);
void wait_unseen_end(void);

/** A call of the kernel in which the thread may be cancelled, as libc has it: at once, and with its handlers. */
#define CANCELLABLE(call)                                        \
  ({                                                             \
    int type_, unused_;                                          \
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &type_);  \
    const long result_ = (call);                                 \
    pthread_setcanceltype(type_, &unused_);                      \
    result_;                                                     \
  })

#endif
