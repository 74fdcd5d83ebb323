/*
 * Futexes asked for by hand (Rust's locks and parked threads), and the few other calls that programs make by number.
 * A program that makes system calls without libc is not seen here: the coordinator sees that its threads sleep.
 */
#define _GNU_SOURCE
#include "wait.h"
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

struct expectation {
  _Atomic uint32_t *word;
  uint32_t value;
};
static bool still_holds(void *argument) {
  const struct expectation *expected = argument;
  return atomic_load(expected->word) == expected->value;
}

/** Between processes, or perhaps. A wait for some bits only is the kernel's: it cannot be combined with another. */
static long wait_between(_Atomic uint32_t *word, int operation, uint32_t value, int64_t deadline, uint32_t bits) {
  const int command = operation & FUTEX_CMD_MASK;
  if (deadline != LEAP_NEVER || command == FUTEX_WAIT || bits == UINT32_MAX)
    return wait_shared(word, value, deadline, WAIT_BY_SIGNAL);
  wait_unseen_begin();
  const long result = kernel(SYS_futex, word, operation, value, NULL, NULL, bits);
  wait_unseen_end();
  return result;
}

static long wait_private(_Atomic uint32_t *word, uint32_t value, int64_t deadline, uint32_t bits) {
  struct expectation expected = {word, value};
  const struct park_options options = {
      .holds = still_holds, .argument = &expected, .bits = bits, .rules = WAIT_BY_SIGNAL};
  if (atomic_load(word) != value) return -EAGAIN;
  if (clock_is_past(deadline)) return -ETIMEDOUT;
  switch (park((void *)word, deadline, &options)) {
  case PARK_WOKEN: return 0;
  case PARK_TIMEOUT: return -ETIMEDOUT;
  case PARK_REFUSED: return -EAGAIN;
  default: return -EINTR;
  }
}

static long futex_waits(_Atomic uint32_t *word, int operation, uint32_t value, const struct timespec *timeout, uint32_t bits) {
  const bool relative = (operation & FUTEX_CMD_MASK) == FUTEX_WAIT;
  int64_t deadline = LEAP_NEVER;
  if (!relative && bits == 0) return -EINVAL;
  if (timeout != NULL && !time_is_valid(timeout)) return -EINVAL;
  if (timeout != NULL) {
    const clockid_t id = operation & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
    deadline = relative ? clock_after(ns_of(timeout)) : clock_deadline(id, timeout);
  }
  if (relative) bits = UINT32_MAX;
  return (operation & FUTEX_PRIVATE_FLAG) == 0 ? wait_between(word, operation, value, deadline, bits)
                                               : wait_private(word, value, deadline, bits);
}

/** Threads that wait in this process are woken here first; what is left of the number is the kernel's. */
static long futex_wakes(_Atomic uint32_t *word, int operation, uint32_t value, uint32_t bits) {
  const int wanted = (int)value > 0 ? (int)value : 1;
  const int woken = unpark_bits((void *)word, wanted, bits);
  if (woken >= wanted) return woken;
  const long more = kernel(SYS_futex, word, operation, wanted - woken, NULL, NULL, bits);
  if ((operation & FUTEX_PRIVATE_FLAG) == 0 && more > 0) slot_signalled();
  return more < 0 ? more : more + woken;
}

static long futex(_Atomic uint32_t *word, int operation, uint32_t value, const struct timespec *timeout, void *second,
                  uint32_t third) {
  switch (operation & FUTEX_CMD_MASK) {
  case FUTEX_WAIT:
  case FUTEX_WAIT_BITSET: return futex_waits(word, operation, value, timeout, third);
  case FUTEX_WAKE: return futex_wakes(word, operation, value, UINT32_MAX);
  case FUTEX_WAKE_BITSET: return third == 0 ? -EINVAL : futex_wakes(word, operation, value, third);
  case FUTEX_CMP_REQUEUE:
    if (atomic_load(word) != third) return -EAGAIN;
    /* fall through */
  case FUTEX_REQUEUE: {
    const int moved = unpark_requeue((void *)word, (int)value, second, (int)(intptr_t)timeout);
    const long more = kernel(SYS_futex, word, operation, value, timeout, second, third);
    return more < 0 ? more : more + moved;
  }
  case FUTEX_WAKE_OP: {
    /* The kernel changes the second word, and says of its own waiters only how many it woke; a futex may wake for nothing. */
    const long more = kernel(SYS_futex, word, operation, value, timeout, second, third);
    if (more < 0) return more;
    return more + unpark((void *)word, (int)value) + unpark(second, (int)(intptr_t)timeout);
  }
  default: return kernel(SYS_futex, word, operation, value, timeout, second, third);
  }
}

/** Which an older libc does not declare. */
int close_range(unsigned first, unsigned last, int flags);

EXPORT long syscall(long number, ...) {
  va_list list;
  va_start(list, number);
  const long a = va_arg(list, long), b = va_arg(list, long), c = va_arg(list, long);
  const long d = va_arg(list, long), e = va_arg(list, long), f = va_arg(list, long);
  va_end(list);
  if (leap == NULL) return as_libc(kernel_call(number, a, b, c, d, e, f));
  switch (number) {
  case SYS_clock_gettime: return clock_gettime((clockid_t)a, (struct timespec *)b);
  case SYS_clock_nanosleep: {
    const int error = clock_nanosleep((clockid_t)a, (int)b, (const struct timespec *)c, (struct timespec *)d);
    return as_libc(-error);
  }
  case SYS_nanosleep: return nanosleep((const struct timespec *)a, (struct timespec *)b);
  case SYS_close: return close((int)a);
  case SYS_close_range: return close_range((unsigned)a, (unsigned)b, (int)c);
  default: break;
  }
  if (!on_clock()) {
    /* A date in real mode is another than the kernel's. */
    const bool dated = number == SYS_futex && ((int)b & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET && (b & FUTEX_CLOCK_REALTIME) != 0;
    const struct timespec *at = (const struct timespec *)d;
    if (!dated || at == NULL || !time_is_valid(at)) return as_libc(kernel_call(number, a, b, c, d, e, f));
    const struct timespec date = clock_real_date(at);
    return as_libc(kernel_call(number, a, b, c, (long)&date, e, f));
  }
  switch (number) {
  case SYS_futex:
    return as_libc(futex((_Atomic uint32_t *)a, (int)b, (uint32_t)c, (const struct timespec *)d, (void *)e, (uint32_t)f));
  case SYS_kill:
  case SYS_tkill:
  case SYS_tgkill:
  case SYS_rt_sigqueueinfo:
  case SYS_rt_tgsigqueueinfo:
  case SYS_pidfd_send_signal: {
    clock_publish();
    const long result = kernel_call(number, a, b, c, d, e, f);
    slot_signalled();
    return as_libc(result);
  }
  case SYS_epoll_pwait: return epoll_pwait((int)a, (struct epoll_event *)b, (int)c, (int)d, (const sigset_t *)e);
#ifdef SYS_epoll_wait
  case SYS_epoll_wait: return epoll_wait((int)a, (struct epoll_event *)b, (int)c, (int)d);
  case SYS_poll: return poll((struct pollfd *)a, (nfds_t)b, (int)c);
#endif
  case SYS_ppoll: return ppoll((struct pollfd *)a, (nfds_t)b, (const struct timespec *)c, (const sigset_t *)d);
  /* Its completions come past every descriptor; who is refused takes epoll. */
  case SYS_io_uring_setup: return as_libc(-ENOSYS);
  default: return as_libc(kernel_call(number, a, b, c, d, e, f));
  }
}
