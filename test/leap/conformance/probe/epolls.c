/* What epoll promises beyond "something is ready". */
#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "epolls"

static int epoll, ends[2], event_fd;
static struct epoll_event got[8];

static void add(int set, int fd, uint32_t events) {
  struct epoll_event event = {.events = events, .data = {.u32 = (uint32_t)fd}};
  MUST(epoll_ctl(set, EPOLL_CTL_ADD, fd, &event) == 0);
}
static void open_all(uint32_t events) {
  MUST(pipe(ends) == 0);
  epoll = epoll_create1(0);
  add(epoll, ends[0], EPOLLIN | events);
}
static void put(void) { MUST(write(ends[1], "x", 1) == 1); }
static void take(void) {
  char byte;
  MUST(read(ends[0], &byte, 1) == 1);
}
static int wait_a_unit(void) { return epoll_wait(epoll, got, 8, (int)(unit / 1000000)); }
static void *put_later(void *unused) {
  nap(unit);
  put();
  return unused;
}

CASE(level_triggered) {
  open_all(0);
  put();
  for (int i = 0; i < 3; i += 1) say("%d", wait_a_unit());
  take();
  say("%d", wait_a_unit());
}
CASE(edge_triggered) {
  open_all(EPOLLET);
  put();
  put();
  say("%d %d", wait_a_unit(), wait_a_unit());
  const int64_t begun = now();
  const pthread_t thread = start(put_later, NULL);
  say("%d", epoll_wait(epoll, got, 8, -1));
  ended_after(begun);
  join(thread);
  take();
  say("%d", wait_a_unit());
}
CASE(one_shot) {
  open_all(EPOLLONESHOT);
  const int64_t begun = now();
  const pthread_t thread = start(put_later, NULL);
  say("%d", epoll_wait(epoll, got, 8, -1));
  ended_after(begun);
  join(thread);
  put();
  say("%d", wait_a_unit());
  struct epoll_event again = {.events = EPOLLIN | EPOLLONESHOT};
  epoll_ctl(epoll, EPOLL_CTL_MOD, ends[0], &again);
  say("%d %d", wait_a_unit(), wait_a_unit());
}
CASE(nested) {
  open_all(EPOLLET);
  const int outer = epoll_create1(0), outermost = epoll_create1(0);
  add(outer, epoll, EPOLLIN);
  add(outermost, outer, EPOLLIN | EPOLLET);
  const int64_t begun = now();
  const pthread_t thread = start(put_later, NULL);
  say("%d", epoll_wait(outermost, got, 8, -1));
  ended_after(begun);
  say("%d", epoll_wait(outermost, got, 8, (int)(unit / 1000000)));
  say("%d", epoll_wait(outer, got, 8, (int)(unit / 1000000)));
  say("%d %d", wait_a_unit(), wait_a_unit());
  join(thread);
}

static void *add_later(void *unused) {
  nap(unit);
  add(epoll, event_fd, EPOLLIN);
  nap(unit);
  struct epoll_event changed = {.events = EPOLLOUT, .data = {.u32 = 77}};
  epoll_ctl(epoll, EPOLL_CTL_MOD, event_fd, &changed);
  return unused;
}
CASE(changed_while_somebody_waits) {
  open_all(0);
  event_fd = eventfd(0, 0);
  const int64_t begun = now();
  const pthread_t thread = start(add_later, NULL);
  say("%d %u", epoll_wait(epoll, got, 8, -1), got[0].data.u32);
  ended_after(begun);
  join(thread);
}
/** The file lives on under its other number, and with it the place in the set. */
CASE(closed_but_duplicated) {
  open_all(0);
  const int copy = dup(ends[0]);
  close(ends[0]);
  const int64_t begun = now();
  const pthread_t thread = start(put_later, NULL);
  say("%d", epoll_wait(epoll, got, 8, -1));
  ended_after(begun);
  join(thread);
  ends[0] = copy;
  take();
  say("%d", wait_a_unit());
}
/** A set closed and made anew has the old one's number and none of its descriptors. */
CASE(made_anew_with_the_same_number) {
  open_all(0);
  say("%d", wait_a_unit());
  const int number = epoll;
  for (int i = 0; i < 3; i += 1) {
    close(epoll);
    epoll = epoll_create1(0);
    say("%d", epoll == number);
    put();
    const int64_t begun = now();
    say("%d", wait_a_unit());
    ended_after(begun);
    add(epoll, ends[0], EPOLLIN);
    say("%d", wait_a_unit());
    take();
    say("%d", wait_a_unit());
  }
}
/** As above, and a child keeps the old set, which stays ready for ever. */
CASE(made_anew_while_a_child_keeps_the_old_one) {
  open_all(0);
  say("%d", wait_a_unit());
  int gate[2];
  MUST(pipe(gate) == 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte;
    close(gate[1]);
    _exit((int)read(gate[0], &byte, 1));
  }
  put();
  const int number = epoll;
  close(epoll);
  epoll = epoll_create1(0);
  say("%d", epoll == number);
  for (int i = 0; i < 3; i += 1) {
    const int64_t due = now() + 2 * unit;
    say("%d", epoll_wait(epoll, got, 8, (int)(2 * unit / 1000000)));
    ended(due);
  }
  close(gate[1]);
  MUST(waitpid(child, NULL, 0) == child);
}

static int served[2];
static void *serve(void *number) {
  struct epoll_event event;
  for (int i = 0; i < 20; i += 1) {
    MUST(epoll_wait(epoll, &event, 1, -1) == 1);
    uint64_t count;
    /* Each event belongs to one thread: a one-shot entry cannot be had by both. */
    MUST(read(event_fd, &count, sizeof count) == sizeof count);
    __atomic_add_fetch(&served[(intptr_t)number], 1, __ATOMIC_SEQ_CST);
    struct epoll_event again = {.events = EPOLLIN | EPOLLONESHOT};
    MUST(epoll_ctl(epoll, EPOLL_CTL_MOD, event_fd, &again) == 0);
  }
  return NULL;
}
CASE(two_threads_on_one_set) {
  epoll = epoll_create1(0);
  event_fd = eventfd(0, EFD_SEMAPHORE);
  add(epoll, event_fd, EPOLLIN | EPOLLONESHOT);
  const int64_t due = now() + 40 * (unit / 8);
  const pthread_t threads[] = {start(serve, (void *)0), start(serve, (void *)1)};
  const uint64_t one = 1;
  for (int i = 0; i < 40; i += 1) {
    nap(unit / 8);
    MUST(write(event_fd, &one, sizeof one) == sizeof one);
  }
  join(threads[0]);
  join(threads[1]);
  ended(due);
  say("%d", served[0] + served[1]);
}
/** A descriptor closed while it is polled elsewhere, whose number is something else by then. */
static void *poll_elsewhere(void *unused) {
  struct epoll_event event;
  say("%d", epoll_wait(epoll, &event, 1, (int)(4 * unit / 1000000)));
  return unused;
}
CASE(closed_under_a_waiter) {
  open_all(0);
  const int64_t due = now() + 4 * unit;
  const pthread_t thread = start(poll_elsewhere, NULL);
  nap(unit);
  close(ends[0]);
  MUST(open("/dev/zero", O_RDONLY) == ends[0]);
  join(thread);
  ended(due);
}
