/* poll, select and epoll: what is ready now is the kernel's answer, and the waiting in between is the clock's. */
#define _GNU_SOURCE
#include "wait.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>

static int64_t deadline_ms(int ms) { return ms < 0 ? LEAP_NEVER : clock_after(ms * 1000000LL); }

EXPORT int poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
  if (!on_clock() || timeout_ms == 0) {
    if (on_clock()) clock_now();
    return (int)as_libc(CANCELLABLE(kernel_poll(fds, count, timeout_ms < 0 ? -1 : timeout_ms * 1000000LL, NULL)));
  }
  return (int)as_libc(wait_for_fds(fds, count, deadline_ms(timeout_ms), NULL));
}
EXPORT int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size);
EXPORT int __poll_chk(struct pollfd *fds, nfds_t count, int timeout_ms, size_t size) {
  if (size / sizeof *fds < count) abort();
  return poll(fds, count, timeout_ms);
}

EXPORT int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
  const bool now = timeout != NULL && ns_of(timeout) == 0;
  if (timeout != NULL && !time_is_valid(timeout)) return (int)as_libc(-EINVAL);
  if (!on_clock() || now) {
    if (on_clock()) clock_now();
    return (int)as_libc(CANCELLABLE(kernel_poll(fds, count, timeout == NULL ? -1 : ns_of(timeout), mask)));
  }
  return (int)as_libc(wait_for_fds(fds, count, timeout == NULL ? LEAP_NEVER : clock_after(ns_of(timeout)), mask));
}
EXPORT int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask,
                       size_t size);
EXPORT int __ppoll_chk(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask,
                       size_t size) {
  if (size / sizeof *fds < count) abort();
  return ppoll(fds, count, timeout, mask);
}

static int until_epoll(int epoll, struct epoll_event *events, int max, int64_t deadline, const sigset_t *mask) {
  thread_cancellation_point();
  for (;;) {
    const long ready = kernel(SYS_epoll_pwait, epoll, events, max, 0, mask, KERNEL_SIGSET);
    if (ready != 0 || clock_is_past(deadline)) {
      wait_was_fruitful();
      return (int)as_libc(ready);
    }
    const int error = wait_for_epoll(epoll, deadline, mask);
    if (error != 0) return (int)as_libc(error);
  }
}

EXPORT int epoll_pwait(int epoll, struct epoll_event *events, int max, int timeout_ms, const sigset_t *mask) {
  if (!on_clock() || timeout_ms == 0) {
    if (on_clock()) clock_now();
    return (int)as_libc(CANCELLABLE(kernel(SYS_epoll_pwait, epoll, events, max, timeout_ms, mask, KERNEL_SIGSET)));
  }
  return until_epoll(epoll, events, max, deadline_ms(timeout_ms), mask);
}

EXPORT int epoll_wait(int epoll, struct epoll_event *events, int max, int timeout_ms) {
  return epoll_pwait(epoll, events, max, timeout_ms, NULL);
}

EXPORT int epoll_pwait2(int epoll, struct epoll_event *events, int max, const struct timespec *timeout,
                        const sigset_t *mask) {
  if (timeout != NULL && !time_is_valid(timeout)) return (int)as_libc(-EINVAL);
  if (timeout != NULL && ns_of(timeout) == 0) return epoll_pwait(epoll, events, max, 0, mask);
  if (!on_clock()) {
    const int64_t ms = timeout == NULL ? -1 : (ns_of(timeout) + 999999) / 1000000;
    return epoll_pwait(epoll, events, max, (int)ms, mask);
  }
  return until_epoll(epoll, events, max, timeout == NULL ? LEAP_NEVER : clock_after(ns_of(timeout)), mask);
}

static int put(int fd, short events, short revents, fd_set *set) {
  if (set == NULL || (events & revents) == 0) return 0;
  FD_SET(fd, set);
  return 1;
}

EXPORT int pselect(int count, fd_set *restrict reads, fd_set *restrict writes, fd_set *restrict others,
                   const struct timespec *restrict timeout, const sigset_t *restrict mask) {
  if (!on_clock() || (timeout != NULL && ns_of(timeout) == 0)) {
    struct timespec copy = timeout == NULL ? (struct timespec){0} : *timeout;
    const struct {
      const sigset_t *mask;
      size_t size;
    } masked = {mask, KERNEL_SIGSET};
    return (int)as_libc(
        CANCELLABLE(kernel(SYS_pselect6, count, reads, writes, others, timeout == NULL ? NULL : &copy, &masked)));
  }
  if (count < 0 || (timeout != NULL && !time_is_valid(timeout))) return (int)as_libc(-EINVAL);
  struct pollfd fds[count > 0 ? count : 1];
  nfds_t used = 0;
  for (int fd = 0; fd < count; fd += 1) {
    short events = 0;
    if (reads != NULL && FD_ISSET(fd, reads)) events |= POLLIN;
    if (writes != NULL && FD_ISSET(fd, writes)) events |= POLLOUT;
    if (others != NULL && FD_ISSET(fd, others)) events |= POLLPRI;
    if (events != 0) fds[used++] = (struct pollfd){.fd = fd, .events = events};
  }
  const int64_t deadline = timeout == NULL ? LEAP_NEVER : clock_after(ns_of(timeout));
  const int ready = wait_for_fds(fds, used, deadline, mask);
  if (ready < 0) return (int)as_libc(ready);
  if (reads != NULL) FD_ZERO(reads);
  if (writes != NULL) FD_ZERO(writes);
  if (others != NULL) FD_ZERO(others);
  int bits = 0;
  for (nfds_t i = 0; i < used && ready > 0; i += 1) {
    if ((fds[i].revents & POLLNVAL) != 0) return (int)as_libc(-EBADF);
    const short seen = fds[i].revents;
    if ((fds[i].events & POLLIN) != 0) bits += put(fds[i].fd, POLLIN | POLLHUP | POLLERR, seen, reads);
    if ((fds[i].events & POLLOUT) != 0) bits += put(fds[i].fd, POLLOUT | POLLERR, seen, writes);
    if ((fds[i].events & POLLPRI) != 0) bits += put(fds[i].fd, POLLPRI, seen, others);
  }
  return bits;
}

EXPORT int select(int count, fd_set *restrict reads, fd_set *restrict writes, fd_set *restrict others,
                  struct timeval *restrict timeout) {
  if (timeout == NULL) return pselect(count, reads, writes, others, NULL, NULL);
  if (timeout->tv_sec < 0 || timeout->tv_usec < 0) return (int)as_libc(-EINVAL);
  const struct timespec time = {.tv_sec = timeout->tv_sec + timeout->tv_usec / 1000000,
                                .tv_nsec = timeout->tv_usec % 1000000 * 1000};
  const int64_t deadline = (on_clock() ? clock_now() : clock_wall()) + ns_of(&time);
  const int ready = pselect(count, reads, writes, others, &time, NULL), error = errno;
  /* As on Linux: what is left. */
  const struct timespec left = timespec_of(deadline - (on_clock() ? clock_now() : clock_wall()));
  *timeout = (struct timeval){.tv_sec = left.tv_sec, .tv_usec = left.tv_nsec / 1000};
  errno = error;
  return ready;
}
