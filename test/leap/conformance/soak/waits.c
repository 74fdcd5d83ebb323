/* Every kind of wait until a time. None is woken by anybody else, so each ends at its time or is wrong. */
#define _GNU_SOURCE
#include "soak.h"
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

/** Timers that a run may have at once are fewer than these threads. */
static _Atomic int timers;
enum { TIMERS_MOST = 20 };

/** The date that it is then; asked for in this order it is never before that. */
static struct timespec date_of(int64_t due) {
  const int64_t left = due - now_ns();
  struct timespec date;
  clock_gettime(CLOCK_REALTIME, &date);
  return timespec_of(date.tv_sec * 1000000000LL + date.tv_nsec + left);
}

static void by_timer(int64_t due) {
  const int fd = atomic_fetch_add(&timers, 1) < TIMERS_MOST ? timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC) : -1;
  uint64_t count;
  if (fd >= 0) {
    timerfd_settime(fd, TFD_TIMER_ABSTIME, &(struct itimerspec){.it_value = timespec_of(due)}, NULL);
    if (read(fd, &count, sizeof count) != sizeof count) abort();
    close(fd);
  } else clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &(struct timespec[]){timespec_of(due)}[0], NULL);
  atomic_fetch_sub(&timers, 1);
}

static void by_descriptor(int kind, int64_t due) {
  int pair[2];
  char byte;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) abort();
  const int64_t left = due - now_ns();
  const struct timespec time = timespec_of(left > 0 ? left : 0);
  struct timeval limit = {.tv_sec = time.tv_sec, .tv_usec = (time.tv_nsec + 999) / 1000};
  struct pollfd one = {.fd = pair[0], .events = POLLIN};
  struct epoll_event event = {.events = EPOLLIN};
  const int epoll = epoll_create1(EPOLL_CLOEXEC);
  epoll_ctl(epoll, EPOLL_CTL_ADD, pair[0], &event);
  fd_set set;
  FD_ZERO(&set);
  if (pair[0] < FD_SETSIZE) FD_SET(pair[0], &set);
  if (kind == 0) ppoll(&one, 1, &time, NULL);
  if (kind == 1) poll(&one, 1, (int)((left + 999999) / 1000000));
  if (kind == 2) epoll_pwait2(epoll, &event, 1, &time, NULL);
  if (kind == 3) epoll_wait(epoll, &event, 1, (int)((left + 999999) / 1000000));
  if (kind == 4) select(pair[0] < FD_SETSIZE ? pair[0] + 1 : 0, &set, NULL, NULL, &limit);
  if (kind == 5 && left > 0) {
    setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (recv(pair[0], &byte, 1, 0) >= 0 || errno != EAGAIN) abort();
  }
  close(epoll);
  close(pair[0]);
  close(pair[1]);
}

static void by_lock(int kind, int64_t due) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
  sem_t semaphore;
  const struct timespec time = timespec_of(due), date = date_of(due);
  pthread_mutex_lock(&mutex);
  sem_init(&semaphore, kind == 2, 0);
  if (kind == 0) pthread_cond_clockwait(&cond, &mutex, CLOCK_MONOTONIC, &time);
  if (kind == 1) pthread_cond_timedwait(&cond, &mutex, &date);
  if (kind == 2 || kind == 3) sem_clockwait(&semaphore, CLOCK_MONOTONIC, &time);
  if (kind == 4) pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &time);
  sem_destroy(&semaphore);
}

void wait_somehow(uint64_t *seed, int64_t due) {
  const int kind = (int)draw(seed, KINDS - 1);
  const struct timespec time = timespec_of(due), left = timespec_of(due - now_ns());
  uint32_t word = 0;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  if (kind < 6) by_descriptor(kind, due);
  else if (kind < 11) by_lock(kind - 6, due);
  else if (kind == 11) clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
  else if (kind == 12) nanosleep(&left, NULL);
  else if (kind == 13) syscall(SYS_futex, &word, draw(seed, 2) ? FUTEX_WAIT_BITSET : FUTEX_WAIT_BITSET_PRIVATE, 0, &time, NULL, ~0U);
  else if (draw(seed, 2)) by_timer(due);
  else sigtimedwait(&set, NULL, &left);
  ended(kind, due);
}
