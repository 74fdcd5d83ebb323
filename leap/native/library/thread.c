/*
 * Threads and processes that begin and end. Each counts as running before whoever starts it goes on, so time cannot leap over
 * its start; and whoever joins a thread counts as running before that has quite ended, as nobody else might by then.
 */
#define _GNU_SOURCE
#include "thread.h"
#include "real.h"
#include "slot.h"
#include "wait.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

struct beginning {
  void *(*routine)(void *);
  void *argument;
  int slot;
  _Atomic uint32_t known; /* 1: whoever started the thread knows who it is; 2: the thread waits for that, to end */
};

/** By slot: this process's threads, from before whoever starts one knows it until its end; 0: none. */
static _Atomic pthread_t threads[LEAP_SLOTS];
static _Atomic bool cancelled[LEAP_SLOTS];
static __thread struct beginning *own_beginning SHARED_WORDS;

static int slot_of(pthread_t thread) {
  const uint32_t slots = atomic_load(&leap->slots);
  for (uint32_t i = 0; i < slots; i += 1)
    if (atomic_load(&threads[i]) == thread) return (int)i;
  return -1;
}

void thread_begun(void) {
  atomic_store(&cancelled[my_slot], false);
  atomic_store(&threads[my_slot], pthread_self());
}

void thread_ending(void) {
  struct beginning *beginning = own_beginning;
  if (beginning != NULL) {
    if (atomic_exchange(&beginning->known, 2) == 0)
      while (atomic_load(&beginning->known) == 2) futex_wait(&beginning->known, 2, NULL);
    own_beginning = NULL;
    free(beginning);
  }
  atomic_store(&threads[my_slot], 0);
  unpark((void *)pthread_self(), INT32_MAX);
}

static void *begin(void *given) {
  struct beginning *beginning = given;
  own_beginning = beginning;
  slot_take(beginning->slot);
  return beginning->routine(beginning->argument);
}

EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *), void *argument) {
  REAL(pthread_create);
  struct beginning *beginning = on_clock() ? malloc(sizeof *beginning) : NULL;
  if (beginning == NULL) return real(thread, attributes, routine, argument);
  clock_publish();
  const int slot = slot_reserve();
  *beginning = (struct beginning){.routine = routine, .argument = argument, .slot = slot};
  const int error = real(thread, attributes, begin, beginning);
  if (error != 0) {
    slot_release(slot, leap_owner(getpid(), 0));
    free(beginning);
    return error;
  }
  /* It cannot have ended yet, however far it has got. */
  atomic_store(&threads[slot], *thread);
  if (atomic_exchange(&beginning->known, 1) == 2) futex_wake(&beginning->known, 1);
  return 0;
}

static bool still_there(void *thread) { return slot_of((pthread_t)thread) >= 0; }

/** Until a thread has run its last destructor, or the deadline has come. */
static int wait_for_end(pthread_t thread, int64_t deadline) {
  const struct park_options options = {.holds = still_there, .argument = (void *)thread, .rules = WAIT_CANCELLABLE};
  slot_enroll();
  if (pthread_equal(thread, pthread_self())) return 0;
  for (;;) {
    thread_cancellation_point();
    const enum park_end end = park((void *)thread, deadline, &options);
    if (end == PARK_TIMEOUT) return ETIMEDOUT;
    if (end != PARK_CANCELLED) return 0;
  }
}

EXPORT int pthread_join(pthread_t thread, void **value) {
  REAL(pthread_join);
  if (!on_clock()) return real(thread, value);
  wait_for_end(thread, LEAP_NEVER);
  /* What is left of the thread has no slot any more, and may have to wait for a core. */
  _Atomic uint32_t *certain = &leap->slot[my_slot].certain;
  atomic_store(certain, 1);
  const int error = real(thread, value);
  atomic_store(certain, 0);
  return error;
}
EXPORT int pthread_clockjoin_np(pthread_t thread, void **value, clockid_t id, const struct timespec *at) {
  REAL(pthread_clockjoin_np);
  if (!on_clock()) {
    const struct timespec date = leap != NULL && id == CLOCK_REALTIME ? clock_real_date(at) : *at;
    return real(thread, value, id, &date);
  }
  if (at->tv_nsec < 0 || at->tv_nsec >= 1000000000L) return EINVAL;
  const int error = wait_for_end(thread, clock_deadline(id, at));
  return error != 0 ? error : pthread_join(thread, value);
}
EXPORT int pthread_timedjoin_np(pthread_t thread, void **value, const struct timespec *at) {
  return pthread_clockjoin_np(thread, value, CLOCK_REALTIME, at);
}

bool thread_is_cancelled(void) {
  if (!atomic_load(&cancelled[my_slot])) return false;
  int state, unused;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &state);
  pthread_setcancelstate(state, &unused);
  return state == PTHREAD_CANCEL_ENABLE;
}

void thread_cancellation_point(void) {
  pthread_testcancel();
  /* Whoever comes back from there is on his way out already, and waits as anybody else. */
  if (my_slot >= 0 && thread_is_cancelled()) atomic_store(&cancelled[my_slot], false);
}

EXPORT int pthread_cancel(pthread_t thread) {
  REAL(pthread_cancel);
  clock_publish();
  const int error = real(thread);
  const int slot = error == 0 && on_clock() ? slot_of(thread) : -1;
  if (slot >= 0) {
    atomic_store(&cancelled[slot], true);
    wait_nudge(slot);
  }
  slot_signalled();
  return error;
}

static __thread int child_slot SHARED_WORDS = -1;

void handler_forked(void);
void thread_forked(void) {
  if (!on_clock()) {
    slot_join();
    return;
  }
  for (uint32_t i = 0; i < atomic_load(&leap->slots); i += 1) atomic_store(&threads[i], 0);
  own_beginning = NULL;
  handler_forked();
  wait_forked();
  park_forked();
  slot_forked(child_slot, (int)kernel(SYS_getppid));
  child_slot = -1;
  slot_join();
}

EXPORT pid_t fork(void) {
  REAL(fork);
  if (!on_clock()) return real();
  clock_publish();
  const int slot = child_slot = slot_reserve();
  const pid_t pid = real();
  if (pid == 0) return 0;
  child_slot = -1;
  if (pid < 0) slot_release(slot, leap_owner(getpid(), 0));
  else slot_started(slot, pid);
  return pid;
}

/** The child would write over this thread's state, which is in the memory that it borrows; a fork is allowed instead. */
EXPORT pid_t vfork(void) { return fork(); }
