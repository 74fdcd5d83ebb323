/* The kernel itself, not through the symbols that this library takes over. Returns -errno, and leaves errno alone. */
#ifndef LEAP_KERNEL_H
#define LEAP_KERNEL_H

#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <time.h>

#if defined(__x86_64__)
static inline long kernel_call(long n, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}
#elif defined(__aarch64__)
static inline long kernel_call(long n, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = n, x0 __asm__("x0") = a, x1 __asm__("x1") = b, x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d, x4 __asm__("x4") = e, x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory", "cc");
  return x0;
}
#else
#error "the clock's library knows x86_64 and aarch64 only"
#endif

#define KERNEL_7(n, a, b, c, d, e, f, ...) \
  kernel_call((long)(n), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define kernel(...) KERNEL_7(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

/** A kernel's answer as libc gives it: -1 and errno. */
static inline long as_libc(long result) {
  if (result < 0 && result > -4096) {
    errno = (int)-result;
    return -1;
  }
  return result;
}

/** The size of a signal set for the kernel, which is not libc's. */
#define KERNEL_SIGSET 8

/** Saturates: some programs mean "for ever" by the largest number there is. */
static inline int64_t ns_of(const struct timespec *t) {
  if (t->tv_sec >= INT64_MAX / 1000000000LL) return INT64_MAX;
  return t->tv_sec * 1000000000LL + t->tv_nsec;
}
static inline struct timespec timespec_of(int64_t ns) {
  if (ns < 0) ns = 0;
  return (struct timespec){.tv_sec = ns / 1000000000LL, .tv_nsec = ns % 1000000000LL};
}

static inline int time_is_valid(const struct timespec *t) {
  return t->tv_sec >= 0 && t->tv_nsec >= 0 && t->tv_nsec < 1000000000L;
}

static inline long futex_wait(_Atomic uint32_t *word, uint32_t value, const struct timespec *timeout) {
  return kernel(SYS_futex, word, FUTEX_WAIT, value, timeout);
}
static inline void futex_wake(_Atomic uint32_t *word, int how_many) { kernel(SYS_futex, word, FUTEX_WAKE, how_many); }

static inline int kernel_poll(struct pollfd *fds, unsigned long count, int64_t timeout_ns, const sigset_t *mask) {
  struct timespec t = timespec_of(timeout_ns);
  return (int)kernel(SYS_ppoll, fds, count, timeout_ns < 0 ? NULL : &t, mask, KERNEL_SIGSET);
}

#endif
