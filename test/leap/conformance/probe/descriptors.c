/* select, poll and their kin: they end at their time, or by what another thread or process does. */
#define _GNU_SOURCE
#include "probe.h"
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "descriptors"

static int ends[2];
enum way { SELECT, PSELECT, POLL, PPOLL, EPOLL_WAIT, EPOLL_PWAIT, EPOLL_PWAIT2, WAYS };
static const char *const names[] = {"select", "pselect", "poll", "ppoll", "epoll_wait", "epoll_pwait", "epoll_pwait2"};

/** How many are ready, within so many ns. */
static int wait_by(enum way way, int fd, int64_t ns) {
  const struct timespec time = span(ns);
  struct timeval timeval = {.tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000};
  struct pollfd one = {.fd = fd, .events = POLLIN};
  struct epoll_event event = {.events = EPOLLIN};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(fd, &set);
  sigset_t none;
  sigemptyset(&none);
  if (way == SELECT) return select(fd + 1, &set, NULL, NULL, &timeval);
  if (way == PSELECT) return pselect(fd + 1, &set, NULL, NULL, &time, &none);
  if (way == POLL) return poll(&one, 1, (int)(ns / 1000000));
  if (way == PPOLL) return ppoll(&one, 1, &time, &none);
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0);
  const int ready = way == EPOLL_WAIT    ? epoll_wait(epoll, &event, 1, (int)(ns / 1000000))
                    : way == EPOLL_PWAIT ? epoll_pwait(epoll, &event, 1, (int)(ns / 1000000), &none)
                                         : epoll_pwait2(epoll, &event, 1, &time, &none);
  const int error = errno;
  close(epoll);
  errno = error;
  return ready;
}

CASE(time_limits) {
  MUST(pipe(ends) == 0);
  for (int way = 0; way < WAYS; way += 1) {
    const int64_t due = now() + unit;
    say("%s", names[way]);
    say_result(wait_by(way, ends[0], unit));
    ended(due);
    say_result(wait_by(way, ends[0], 0));
  }
}
CASE(nothing_to_watch) {
  int64_t due = now() + unit;
  say_result(poll(NULL, 0, (int)(unit / 1000000)));
  ended(due);
  due = now() + unit;
  const struct timespec time = span(unit);
  say_result(pselect(0, NULL, NULL, NULL, &time, NULL));
  ended(due);
  due = now() + unit;
  struct timeval left = {.tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000};
  say_result(select(0, NULL, NULL, NULL, &left));
  ended(due);
  say("%ld %ld", (long)left.tv_sec, (long)left.tv_usec);
}
CASE(what_select_leaves) {
  MUST(pipe(ends) == 0);
  MUST(write(ends[1], "x", 1) == 1);
  const struct timespec time = span(unit);
  struct timeval left = {.tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000};
  fd_set reads, writes;
  FD_ZERO(&reads);
  FD_ZERO(&writes);
  FD_SET(ends[0], &reads);
  FD_SET(ends[1], &writes);
  say_result(select(ends[1] + 1, &reads, &writes, NULL, &left));
  say("%d %d", FD_ISSET(ends[0], &reads), FD_ISSET(ends[1], &writes));
  say("%d", left.tv_sec * 1000000000LL + left.tv_usec * 1000 > unit / 2);
  char byte;
  MUST(read(ends[0], &byte, 1) == 1);
  FD_CLR(ends[1], &writes);
  say_result(select(ends[1] + 1, &reads, &writes, NULL, &left));
  say("%d %d", FD_ISSET(ends[0], &reads), FD_ISSET(ends[1], &writes));
}
CASE(refusals) {
  struct timespec wrong = {.tv_nsec = 1000000000};
  struct timeval negative = {.tv_sec = -1};
  struct pollfd none = {.fd = -1, .events = POLLIN}, closed = {.fd = 60, .events = POLLIN};
  struct epoll_event event;
  fd_set set;
  FD_ZERO(&set);
  FD_SET(60, &set);
  say_result(pselect(0, NULL, NULL, NULL, &wrong, NULL));
  say_result(ppoll(&none, 1, &wrong, NULL));
  say_result(select(0, NULL, NULL, NULL, &negative));
  say_result(select(61, &set, NULL, NULL, NULL));
  say_result(poll(&closed, 1, -1));
  say("%d", closed.revents);
  say_result(poll(&none, 1, (int)(unit / 1000000)));
  say_result(epoll_wait(60, &event, 1, -1));
  say_result(epoll_wait(STDIN_FILENO, &event, 1, -1));
  const int epoll = epoll_create1(0);
  say_result(epoll_wait(epoll, &event, 0, -1));
  say_result(epoll_create1(77));
}

static void *write_later(void *unused) {
  nap(unit);
  MUST(write(ends[1], "12345678", 8) == 8);
  return unused;
}
static void *close_later(void *unused) {
  nap(unit);
  close(ends[1]);
  return unused;
}
static void woken(void (*open)(void), void *(*later)(void *)) {
  for (int way = 0; way < WAYS; way += 1) {
    open();
    const int64_t begun = now();
    const pthread_t thread = start(later, NULL);
    say("%s", names[way]);
    say_result(wait_by(way, ends[0], LONG));
    ended_after(begun);
    join(thread);
    close(ends[0]);
  }
}
static void open_pipe(void) { MUST(pipe(ends) == 0); }
static void open_sockets(void) { MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0); }
static void open_eventfd(void) { ends[0] = ends[1] = eventfd(0, 0); }
CASE(woken_by_pipe) { woken(open_pipe, write_later); }
CASE(woken_by_eventfd) { woken(open_eventfd, write_later); }
CASE(woken_by_socket) { woken(open_sockets, write_later); }
CASE(woken_by_close_of_the_writer) { woken(open_pipe, close_later); }
CASE(woken_by_close_of_the_peer) { woken(open_sockets, close_later); }

CASE(woken_by_another_process) {
  for (int way = 0; way < WAYS; way += 1) {
    open_pipe();
    const int64_t begun = now();
    const pid_t child = fork();
    if (child == 0) {
      if (way % 2 == 0) write_later(NULL);
      else nap(unit);
      _exit(0);
    }
    close(ends[1]);
    say("%s", names[way]);
    say_result(wait_by(way, ends[0], LONG));
    ended_after(begun);
    MUST(waitpid(child, NULL, 0) == child);
    close(ends[0]);
  }
}
CASE(the_same_descriptor_twice) {
  open_sockets();
  const int64_t begun = now();
  struct pollfd fds[] = {{.fd = ends[0], .events = POLLIN}, {.fd = ends[0], .events = POLLPRI}, {.fd = -3},
                         {.fd = ends[0], .events = POLLIN | POLLRDHUP}};
  const pthread_t thread = start(write_later, NULL);
  say_result(poll(fds, 4, -1));
  say("%d %d %d %d", fds[0].revents, fds[1].revents, fds[2].revents, fds[3].revents);
  ended_after(begun);
  join(thread);
}
/** Names for "readable" and "writable" that few know. */
CASE(other_names_of_events) {
  open_sockets();
  const int64_t begun = now();
  struct pollfd one = {.fd = ends[0], .events = POLLRDNORM};
  const pthread_t thread = start(write_later, NULL);
  say_result(poll(&one, 1, (int)(4 * unit / 1000000)));
  say("%d", one.revents);
  ended_after(begun);
  join(thread);
}
static void *drain_later(void *unused) {
  char data[65536];
  nap(unit);
  while (recv(ends[1], data, sizeof data, MSG_DONTWAIT) > 0) continue;
  return unused;
}
CASE(woken_by_room_to_write) {
  open_sockets();
  char data[4096] = {0};
  while (send(ends[0], data, sizeof data, MSG_DONTWAIT) > 0) continue;
  const int64_t begun = now();
  struct pollfd one = {.fd = ends[0], .events = POLLOUT | POLLIN};
  const pthread_t thread = start(drain_later, NULL);
  say_result(poll(&one, 1, -1));
  say("%d", one.revents);
  ended_after(begun);
  join(thread);
}

static void handle(int number) { (void)number; }
/** A signal that only the wait's own mask lets through, sent before it. */
CASE(masks_let_signals_through) {
  open_pipe();
  sigset_t blocked, none;
  sigemptyset(&none);
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR1);
  sigaction(SIGUSR1, &(struct sigaction){.sa_handler = handle}, NULL);
  pthread_sigmask(SIG_BLOCK, &blocked, NULL);
  struct pollfd one = {.fd = ends[0], .events = POLLIN};
  struct epoll_event event;
  const struct timespec time = span(unit);
  fd_set set;
  FD_ZERO(&set);
  const int epoll = epoll_create1(0);
  for (int i = 0; i < 6; i += 1) {
    const int64_t begun = now();
    pthread_kill(pthread_self(), SIGUSR1);
    say_result(i == 0   ? ppoll(&one, 1, &time, &none)
               : i == 1 ? ppoll(NULL, 0, &time, &none)
               : i == 2 ? pselect(0, NULL, NULL, NULL, &time, &none)
               : i == 3 ? pselect(1, &set, NULL, NULL, &time, &none)
               : i == 4 ? epoll_pwait(epoll, &event, 1, (int)(unit / 1000000), &none)
                        : epoll_pwait2(epoll, &event, 1, &time, &none));
    ended_after(begun);
  }
}
