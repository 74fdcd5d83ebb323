/*
 * Waits on descriptors. What a thread waits for is put into its own epoll set (set.c), which the coordinator looks into
 * before it lets time leap. The kernel wakes the thread for data without a detour, except in free mode, where the
 * coordinator says whose turn it is.
 */
#define _GNU_SOURCE
#include "wait.h"
#include "set.h"
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <unistd.h>

/** The coordinator has woken this thread, and the eventfd that says so was not readable yet. */
static __thread bool wake_late SHARED_WORDS;
/** The epoll instance of the program's that is in the set, and of which generations both were. */
static __thread int watched_epoll SHARED_WORDS = -1;
static __thread unsigned watched_generation SHARED_WORDS, watched_set SHARED_WORDS;
/** Epoll instances made so far: one closed and made anew may have the number of the one before. */
static _Atomic unsigned epoll_generation;
/** How often the set was ready, and nothing that is waited for was. */
static __thread unsigned fruitless SHARED_WORDS;
enum { FRUITLESS_MOST = 32, ASK_AGAIN_NS = 1000000 };

static void drain(void) {
  uint64_t count;
  wake_late = kernel(SYS_read, wake_fd, &count, sizeof count) == -EAGAIN;
}

/** Until something shows on the descriptor; looks every second whether the coordinator lives. */
static int sleep_on(int fd, const sigset_t *mask) {
  struct pollfd one = {.fd = fd, .events = POLLIN};
  for (;;) {
    const int ready = kernel_poll(&one, 1, LEAP_HEARTBEAT_S * 1000000000LL, mask);
    if (ready < 0) return ready;
    if ((one.revents & POLLNVAL) != 0) return -EBADF;
    if (ready > 0) return 0;
    slot_heartbeat();
  }
}

void wait_for_turn(void) {
  if (!set_open()) return;
  atomic_store(&leap->slot[my_slot].deadline, atomic_load(&leap->now));
  atomic_store(&leap->slot[my_slot].way, LEAP_POLLING);
  slot_kick();
  sigset_t all;
  sigfillset(&all);
  struct pollfd one = {.fd = wake_fd, .events = POLLIN};
  while (slot_is_waiting())
    if (kernel_poll(&one, 1, LEAP_HEARTBEAT_S * 1000000000LL, &all) == 0) slot_heartbeat();
  drain();
}

/** Waits on the thread's own set; 0, or -EINTR. Where the program has closed it, or what is in it is not, it is let go. */
static int wait_on_set(int64_t deadline, const sigset_t *mask) {
  if (wake_late) drain();
  wait_clear_handled();
  int error = 0;
  if (slot_begin(LEAP_POLLING, deadline) && !thread_is_cancelled()) error = sleep_on(leap->mode == LEAP_MODE_FREE ? wake_fd : set_fd, mask);
  const bool by_clock = slot_resume();
  /* In free mode the clock wakes for what is ready, too. */
  fruitless = (by_clock && leap->mode != LEAP_MODE_FREE) || error != 0 ? 0 : fruitless + 1;
  if (error == -EBADF || fruitless > FRUITLESS_MOST) {
    /* A descriptor that is closed here and open elsewhere stays in a set, and it may be ready for ever. */
    set_close();
    wake_late = false;
    fruitless = 0;
    error = 0;
  } else if (by_clock || wake_late) drain();
  return wait_is_handled() ? -EINTR : error;
}

/** The program has no descriptor left: looks each millisecond. */
static int wait_without_set(int64_t deadline) {
  const int64_t soon = clock_after(ASK_AGAIN_NS);
  return wait_until(soon < deadline ? soon : deadline, WAIT_CANCELLABLE | WAIT_BY_SIGNAL);
}

static void forget_watched(void) {
  if (watched_epoll >= 0 && watched_set == set_generation)
    kernel(SYS_epoll_ctl, set_fd, EPOLL_CTL_DEL, watched_epoll, NULL);
  watched_epoll = -1;
}

int wait_for_epoll(int epoll, int64_t deadline, const sigset_t *mask) {
  if (!set_open()) return wait_without_set(deadline);
  const unsigned generation = atomic_load(&epoll_generation);
  if (watched_epoll != epoll || watched_generation != generation || watched_set != set_generation) {
    if (watched_epoll != epoll) forget_watched();
    struct epoll_event event = {.events = EPOLLIN, .data = {.fd = epoll}};
    kernel(SYS_epoll_ctl, set_fd, EPOLL_CTL_ADD, epoll, &event);
    watched_epoll = epoll;
    watched_generation = generation;
    watched_set = set_generation;
  }
  const int error = wait_on_set(deadline, mask);
  thread_cancellation_point();
  return error;
}

void wait_was_fruitful(void) { fruitless = 0; }

enum { EVENTS = POLLIN | POLLOUT | POLLPRI | POLLRDHUP | POLLRDNORM | POLLRDBAND | POLLWRNORM | POLLWRBAND };

/** What a descriptor is watched for: it may stand in the list more than once. */
static uint32_t events_for(const struct pollfd *fds, nfds_t count, int fd) {
  uint32_t events = 0;
  for (nfds_t i = 0; i < count; i += 1)
    if (fds[i].fd == fd) events |= (uint32_t)(fds[i].events & EVENTS);
  return events;
}

static void watch(const struct pollfd *fds, nfds_t count, int operation) {
  for (nfds_t i = 0; i < count; i += 1) {
    if (fds[i].fd < 0) continue;
    struct epoll_event event = {.events = events_for(fds, count, fds[i].fd), .data = {.fd = fds[i].fd}};
    kernel(SYS_epoll_ctl, set_fd, operation, fds[i].fd, &event);
  }
}

int wait_for_fds(struct pollfd *fds, nfds_t count, int64_t deadline, const sigset_t *mask) {
  thread_cancellation_point();
  wait_clear_interrupted();
  for (;;) {
    const int ready = kernel_poll(fds, count, 0, NULL);
    if (ready != 0 || clock_is_past(deadline)) {
      wait_was_fruitful();
      return ready;
    }
    int error;
    if (set_open()) {
      /* Whatever the thread watched before, as one of these may be that. */
      forget_watched();
      watch(fds, count, EPOLL_CTL_ADD);
      error = wait_on_set(deadline, mask);
      if (set_fd >= 0) watch(fds, count, EPOLL_CTL_DEL);
    } else error = wait_without_set(deadline);
    thread_cancellation_point();
    if (error != 0) return error;
  }
}

int wait_for_signals(const sigset_t *set, int64_t deadline) {
  const int fd = set_open() ? (int)kernel(SYS_signalfd4, -1, set, KERNEL_SIGSET, SFD_CLOEXEC) : -1;
  if (fd < 0) return wait_without_set(deadline);
  struct pollfd both[] = {{.fd = fd, .events = POLLIN}, {.fd = wake_fd, .events = POLLIN}};
  if (wake_late) drain();
  wait_clear_handled();
  slot_begin(LEAP_SIGNALS, deadline);
  int ready = 0;
  while (ready == 0 && !thread_is_cancelled()) {
    ready = kernel_poll(both, 2, LEAP_HEARTBEAT_S * 1000000000LL, NULL);
    if (ready == 0) slot_heartbeat();
  }
  if (slot_resume() || wake_late) drain();
  kernel(SYS_close, fd);
  thread_cancellation_point();
  return wait_is_handled() ? -EINTR : ready < 0 ? ready : 0;
}

void wait_unseen_begin(void) { slot_begin(LEAP_UNSEEN, LEAP_NEVER); }
void wait_unseen_end(void) { slot_resume(); }

EXPORT int epoll_create1(int flags) {
  atomic_fetch_add(&epoll_generation, 1);
  return (int)as_libc(kernel(SYS_epoll_create1, flags));
}
EXPORT int epoll_create(int size) {
  if (size > 0) return epoll_create1(0);
  errno = EINVAL;
  return -1;
}
