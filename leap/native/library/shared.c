/*
 * Futexes that more than one process may wake, and what is built on them: semaphores and conditions that are shared. The
 * thread waits on the futex itself and on its own state at once, so whoever wakes it need not know of the clock, and the
 * coordinator wakes it at its time. Whether the former has happened, the coordinator sees from /proc.
 */
#define _GNU_SOURCE
#include "wait.h"

#ifndef SYS_futex_waitv
#define SYS_futex_waitv 449
#endif
struct futex_and_value {
  uint64_t value, address;
  uint32_t flags, reserved;
};
enum { SIZE_32_BITS = 2, ASK_AGAIN_NS = 1000000 };

/** -1: not known yet. A kernel before 5.16 cannot wait on two. */
static _Atomic int can_wait_on_two = -1;

static long sleep_on_two(_Atomic uint32_t *word, uint32_t value) {
  const struct futex_and_value both[] = {{value, (uintptr_t)word, SIZE_32_BITS, 0},
                                         {LEAP_WAITING, (uintptr_t)&leap->states[my_slot], SIZE_32_BITS, 0}};
  const struct timespec until = timespec_of(clock_wall() + LEAP_HEARTBEAT_S * 1000000000LL);
  const long result = kernel(SYS_futex_waitv, both, 2, 0, &until, CLOCK_MONOTONIC);
  if (result == -ETIMEDOUT) slot_heartbeat();
  return result;
}

static bool waits_on_two(void) {
  if (atomic_load(&can_wait_on_two) < 0) atomic_store(&can_wait_on_two, kernel(SYS_futex_waitv, NULL, 0, 0, NULL, 0) != -ENOSYS);
  return atomic_load(&can_wait_on_two) > 0;
}

long wait_shared(_Atomic uint32_t *word, uint32_t value, int64_t deadline, unsigned rules) {
  const bool cancellable = (rules & WAIT_CANCELLABLE) != 0;
  wait_clear_interrupted();
  for (;;) {
    if (atomic_load(word) != value) return -EAGAIN;
    if (clock_is_past(deadline)) return -ETIMEDOUT;
    long result;
    if (waits_on_two()) {
      wait_clear_handled();
      slot_begin(LEAP_SHARED, deadline);
      result = cancellable && thread_is_cancelled() ? -ECANCELED : sleep_on_two(word, value);
      slot_resume();
      if (result != 0 && result != -ECANCELED && wait_is_handled()) result = -EINTR;
    } else {
      const int64_t soon = clock_after(ASK_AGAIN_NS);
      result = wait_until(soon < deadline ? soon : deadline, WAIT_BY_SIGNAL) == 0 ? -EAGAIN : -EINTR;
    }
    if (result == 0) return 0;
    if (cancellable && thread_is_cancelled()) return -ECANCELED;
    if (result == -EINTR && wait_ends_by_signal(rules, deadline)) return -EINTR;
  }
}
