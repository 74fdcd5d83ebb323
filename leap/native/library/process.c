/*
 * Signals sent, processes waited for, descriptors closed: what may change who runs without a wait of the library's own
 * beginning or ending. A signal and an exit are looked at by the coordinator before the next leap.
 */
#define _GNU_SOURCE
#include "net.h"
#include "real.h"
#include "timer.h"
#include "wait.h"
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

EXPORT int kill(pid_t pid, int number) {
  clock_publish();
  const long result = kernel(SYS_kill, pid, number);
  if (number != 0) slot_signalled();
  return (int)as_libc(result);
}
EXPORT int killpg(pid_t group, int number) { return kill(-group, number); }
EXPORT int tgkill(pid_t pid, pid_t tid, int number) {
  const long result = kernel(SYS_tgkill, pid, tid, number);
  slot_signalled();
  return (int)as_libc(result);
}
EXPORT int sigqueue(pid_t pid, int number, const union sigval value) {
  REAL(sigqueue);
  clock_publish();
  const int result = real(pid, number, value);
  slot_signalled();
  return result;
}
EXPORT int pthread_sigqueue(pthread_t thread, int number, const union sigval value) {
  REAL(pthread_sigqueue);
  clock_publish();
  const int error = real(thread, number, value);
  slot_signalled();
  return error;
}
EXPORT int pthread_kill(pthread_t thread, int number) {
  REAL(pthread_kill);
  const int error = real(thread, number);
  if (number != 0) slot_signalled();
  return error;
}

/** A call that waits in the kernel for something that /proc shows. */
#define UNSEEN(call)                                   \
  do {                                                 \
    if (!on_clock()) return as_libc(CANCELLABLE(call)); \
    thread_cancellation_point();                              \
    long result;                                       \
    wait_unseen_begin();                               \
    pthread_cleanup_push(end_of_wait, NULL);           \
    result = CANCELLABLE(call);                        \
    pthread_cleanup_pop(1);                            \
    return as_libc(result);                            \
  } while (0)

static void end_of_wait(void *unused) {
  (void)unused;
  wait_unseen_end();
}

static long wait_kernel(pid_t pid, int *status, int options, struct rusage *usage) {
  if ((options & WNOHANG) != 0) return as_libc(kernel(SYS_wait4, pid, status, options, usage));
  UNSEEN(kernel(SYS_wait4, pid, status, options, usage));
}
EXPORT pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage) {
  return (pid_t)wait_kernel(pid, status, options, usage);
}
EXPORT pid_t waitpid(pid_t pid, int *status, int options) { return wait4(pid, status, options, NULL); }
EXPORT pid_t wait3(int *status, int options, struct rusage *usage) { return wait4(-1, status, options, usage); }
EXPORT pid_t wait(int *status) { return wait4(-1, status, 0, NULL); }

static long waitid_kernel(idtype_t type, id_t id, siginfo_t *info, int options) {
  if ((options & WNOHANG) != 0) return as_libc(kernel(SYS_waitid, type, id, info, options, NULL));
  UNSEEN(kernel(SYS_waitid, type, id, info, options, NULL));
}
EXPORT int waitid(idtype_t type, id_t id, siginfo_t *info, int options) {
  return (int)waitid_kernel(type, id, info, options);
}

static long suspend_kernel(const sigset_t *mask) { UNSEEN(kernel(SYS_rt_sigsuspend, mask, KERNEL_SIGSET)); }
EXPORT int sigsuspend(const sigset_t *mask) { return (int)suspend_kernel(mask); }
EXPORT int pause(void) {
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  return sigsuspend(&mask);
}

static long sigwait_kernel(const sigset_t *set, siginfo_t *info) {
  UNSEEN(kernel(SYS_rt_sigtimedwait, set, info, NULL, KERNEL_SIGSET));
}
EXPORT int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info) { return (int)sigwait_kernel(set, info); }
EXPORT int sigwait(const sigset_t *restrict set, int *restrict number) {
  for (;;) {
    const int got = (int)sigwait_kernel(set, NULL);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    *number = got;
    return 0;
  }
}
EXPORT int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info, const struct timespec *restrict time) {
  if (time == NULL) return (int)sigwait_kernel(set, info);
  if (!on_clock()) return (int)as_libc(CANCELLABLE(kernel(SYS_rt_sigtimedwait, set, info, time, KERNEL_SIGSET)));
  if (!time_is_valid(time)) return (int)as_libc(-EINVAL);
  thread_cancellation_point();
  const int64_t deadline = clock_after(ns_of(time));
  const struct timespec none = {0};
  for (;;) {
    const long got = kernel(SYS_rt_sigtimedwait, set, info, &none, KERNEL_SIGSET);
    if (got != -EAGAIN || clock_now() >= deadline) return (int)as_libc(got);
    if (wait_for_signals(set, deadline) != 0) {
      /* Of a signal that is waited for, too, the kernel says only that something came. */
      const long late = kernel(SYS_rt_sigtimedwait, set, info, &none, KERNEL_SIGSET);
      return (int)as_libc(late == -EAGAIN ? -EINTR : late);
    }
  }
}

EXPORT int close(int fd) {
  if (leap != NULL) {
    if (wait_owns(fd)) return (int)as_libc(-EBADF);
    net_closed(fd);
    timer_closed(fd);
  }
  return (int)as_libc(kernel(SYS_close, fd));
}

/** The descriptors from first to last, without those that this library waits on. */
EXPORT int close_range(unsigned first, unsigned last, int flags) {
  enum { CLOSE_ON_EXEC = 4, OURS = 1024 };
  if (leap == NULL || first > last || (flags & CLOSE_ON_EXEC) != 0)
    return (int)as_libc(kernel(SYS_close_range, first, last, flags));
  net_closed_range(first, last);
  timer_closed_range(first, last);
  unsigned ours[OURS], from = first;
  const int count = wait_owned(first, last, ours, OURS);
  for (int i = 0; i < count; i += 1) {
    if (ours[i] > from) kernel(SYS_close_range, from, ours[i] - 1, flags);
    from = ours[i] + 1;
  }
  return from <= last ? (int)as_libc(kernel(SYS_close_range, from, last, flags)) : 0;
}
EXPORT void closefrom(int first) { close_range((unsigned)(first < 0 ? 0 : first), ~0U, 0); }
