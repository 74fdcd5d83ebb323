/*
 * Reads and writes that may block: until there is something to read, or room to write, the thread waits on the clock; the
 * call itself is the kernel's. Before anything is sent, what the sender has computed is published, so that nobody receives
 * it at an earlier time. Files on a disk never wait here.
 */
#define _GNU_SOURCE
#include "net.h"
#include "real.h"
#include "wait.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

/** How long a socket's own limit lets a call wait, ns; LEAP_NEVER: for ever. */
static int64_t socket_limit(int fd, int option) {
  struct timeval limit = {0};
  socklen_t size = sizeof limit;
  if (kernel(SYS_getsockopt, fd, SOL_SOCKET, option, &limit, &size) < 0) return LEAP_NEVER;
  const int64_t ns = limit.tv_sec * 1000000000LL + limit.tv_usec * 1000LL;
  return ns == 0 ? LEAP_NEVER : ns;
}

/** 0 when the call may be made, or -errno where it has ended by a limit or a signal. */
static int until_ready(int fd, short event, int option) {
  if (!on_clock() || my_slot < 0) return 0;
  thread_cancellation_point();
  if (event == POLLOUT) clock_publish();
  const long flags = kernel(SYS_fcntl, fd, F_GETFL, 0);
  if (flags < 0 || (flags & O_NONBLOCK) != 0) return 0;
  struct pollfd one = {.fd = fd, .events = event};
  if (kernel_poll(&one, 1, 0, NULL) != 0) return 0;
  const int64_t limit = socket_limit(fd, option);
  const int64_t deadline = limit == LEAP_NEVER ? LEAP_NEVER : clock_after(limit);
  for (;;) {
    const int ready = wait_for_fds(&one, 1, deadline, NULL);
    if (ready > 0) return 0;
    if (ready == 0) return -EAGAIN;
    if (ready != -EINTR || wait_ends_by_signal(WAIT_BY_SIGNAL, deadline)) return ready;
  }
}

#define WAIT_TO_READ(fd)                                     \
  do {                                                       \
    const int error = until_ready(fd, POLLIN, SO_RCVTIMEO);  \
    if (error != 0) return as_libc(error);                   \
  } while (0)
#define WAIT_TO_WRITE(fd)                                    \
  do {                                                       \
    const int error = until_ready(fd, POLLOUT, SO_SNDTIMEO); \
    if (error != 0) return as_libc(error);                   \
  } while (0)

static ssize_t received(int fd, long result) {
  net_received(fd, result);
  return as_libc(result);
}
static ssize_t sent(int fd, long result) {
  net_sent(fd, result);
  return as_libc(result);
}

EXPORT ssize_t read(int fd, void *data, size_t size) {
  WAIT_TO_READ(fd);
  return received(fd, CANCELLABLE(kernel(SYS_read, fd, data, size)));
}
EXPORT ssize_t __read_chk(int fd, void *data, size_t size, size_t room);
EXPORT ssize_t __read_chk(int fd, void *data, size_t size, size_t room) {
  if (size > room) abort();
  return read(fd, data, size);
}
EXPORT ssize_t readv(int fd, const struct iovec *parts, int count) {
  WAIT_TO_READ(fd);
  return received(fd, CANCELLABLE(kernel(SYS_readv, fd, parts, count)));
}
EXPORT ssize_t recvfrom(int fd, void *restrict data, size_t size, int flags, struct sockaddr *restrict from,
                        socklen_t *restrict length) {
  if ((flags & MSG_DONTWAIT) == 0) WAIT_TO_READ(fd);
  return received(fd, CANCELLABLE(kernel(SYS_recvfrom, fd, data, size, flags, from, length)));
}
EXPORT ssize_t __recvfrom_chk(int fd, void *data, size_t size, size_t room, int flags, struct sockaddr *from,
                              socklen_t *length);
EXPORT ssize_t __recvfrom_chk(int fd, void *data, size_t size, size_t room, int flags, struct sockaddr *from,
                              socklen_t *length) {
  if (size > room) abort();
  return recvfrom(fd, data, size, flags, from, length);
}
EXPORT ssize_t recv(int fd, void *data, size_t size, int flags) { return recvfrom(fd, data, size, flags, NULL, NULL); }
EXPORT ssize_t __recv_chk(int fd, void *data, size_t size, size_t room, int flags);
EXPORT ssize_t __recv_chk(int fd, void *data, size_t size, size_t room, int flags) {
  if (size > room) abort();
  return recv(fd, data, size, flags);
}
EXPORT ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  if ((flags & MSG_DONTWAIT) == 0) WAIT_TO_READ(fd);
  return received(fd, CANCELLABLE(kernel(SYS_recvmsg, fd, message, flags)));
}
EXPORT int recvmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags, struct timespec *timeout) {
  if ((flags & MSG_DONTWAIT) == 0) WAIT_TO_READ(fd);
  return (int)received(fd, CANCELLABLE(kernel(SYS_recvmmsg, fd, messages, count, flags, timeout)));
}
EXPORT int accept4(int fd, struct sockaddr *restrict from, socklen_t *restrict length, int flags) {
  WAIT_TO_READ(fd);
  return (int)as_libc(CANCELLABLE(kernel(SYS_accept4, fd, from, length, flags)));
}
EXPORT int accept(int fd, struct sockaddr *restrict from, socklen_t *restrict length) {
  return accept4(fd, from, length, 0);
}

EXPORT ssize_t write(int fd, const void *data, size_t size) {
  WAIT_TO_WRITE(fd);
  return sent(fd, CANCELLABLE(kernel(SYS_write, fd, data, size)));
}
EXPORT ssize_t writev(int fd, const struct iovec *parts, int count) {
  WAIT_TO_WRITE(fd);
  return sent(fd, CANCELLABLE(kernel(SYS_writev, fd, parts, count)));
}
EXPORT ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *to, socklen_t length) {
  if ((flags & MSG_DONTWAIT) == 0) WAIT_TO_WRITE(fd);
  else clock_publish();
  if (to != NULL) net_addressed(fd, to, length);
  return sent(fd, CANCELLABLE(kernel(SYS_sendto, fd, data, size, flags, to, length)));
}
EXPORT ssize_t send(int fd, const void *data, size_t size, int flags) { return sendto(fd, data, size, flags, NULL, 0); }
EXPORT ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if ((flags & MSG_DONTWAIT) == 0) WAIT_TO_WRITE(fd);
  else clock_publish();
  return sent(fd, CANCELLABLE(kernel(SYS_sendmsg, fd, message, flags)));
}
EXPORT int sendmmsg(int fd, struct mmsghdr *messages, unsigned count, int flags) {
  if ((flags & MSG_DONTWAIT) == 0) WAIT_TO_WRITE(fd);
  else clock_publish();
  return (int)sent(fd, CANCELLABLE(kernel(SYS_sendmmsg, fd, messages, count, flags)));
}
