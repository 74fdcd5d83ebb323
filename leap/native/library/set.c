/*
 * The two descriptors of each thread that waits on descriptors: an epoll set of what it waits for, and an eventfd that wakes
 * it. The coordinator has both too. They lie far above the numbers that a program expects, a program that closes all that it
 * does not know keeps them, and where it closes them by system call they are opened anew.
 */
#define _GNU_SOURCE
#include "set.h"
#include "life.h"
#include "wait.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

__thread int set_fd SHARED_WORDS = -1, wake_fd SHARED_WORDS = -1;
__thread unsigned set_generation SHARED_WORDS;
/** By slot, + 1, for this process's other threads. */
static _Atomic int wake_fds[LEAP_SLOTS], set_fds[LEAP_SLOTS];

int set_moved_up(int fd) {
  struct rlimit limit;
  int from = 256;
  if (fd < 0) return -1;
  if (kernel(SYS_prlimit64, 0, RLIMIT_NOFILE, NULL, &limit) == 0 && limit.rlim_cur < 1024)
    from = (int)limit.rlim_cur / 2;
  const int moved = (int)kernel(SYS_fcntl, fd, F_DUPFD_CLOEXEC, from);
  if (moved < 0) return fd;
  kernel(SYS_close, fd);
  return moved;
}

bool set_open(void) {
  slot_enroll();
  if (set_fd >= 0) return true;
  wake_fd = set_moved_up((int)kernel(SYS_eventfd2, 0, EFD_NONBLOCK | EFD_CLOEXEC));
  set_fd = wake_fd < 0 ? -1 : set_moved_up((int)kernel(SYS_epoll_create1, EPOLL_CLOEXEC));
  if (set_fd < 0) {
    if (wake_fd >= 0) kernel(SYS_close, wake_fd);
    wake_fd = -1;
    return false;
  }
  struct epoll_event event = {.events = EPOLLIN, .data = {.fd = wake_fd}};
  kernel(SYS_epoll_ctl, set_fd, EPOLL_CTL_ADD, wake_fd, &event);
  set_generation += 1;
  atomic_store(&wake_fds[my_slot], wake_fd + 1);
  atomic_store(&set_fds[my_slot], set_fd + 1);
  const int both[2] = {set_fd, wake_fd};
  atomic_fetch_add(&leap->slot[my_slot].handed, 1);
  message_send(LEAP_SLOT_FDS, my_slot, "", both, 2);
  atomic_fetch_add(&leap->handed, 1);
  return true;
}

void set_close(void) {
  if (set_fd < 0) return;
  for (uint32_t i = 0; i < atomic_load(&leap->slots); i += 1)
    if (atomic_load(&wake_fds[i]) == wake_fd + 1) {
      atomic_store(&wake_fds[i], 0);
      atomic_store(&set_fds[i], 0);
    }
  kernel(SYS_close, set_fd);
  kernel(SYS_close, wake_fd);
  set_fd = wake_fd = -1;
}

bool wait_owns(int fd) {
  if (leap == NULL || fd < 0) return false;
  if (life_owns(fd)) return true;
  if (!on_clock()) return false;
  if (fd == set_fd || fd == wake_fd) return true;
  const uint32_t slots = atomic_load(&leap->slots);
  for (uint32_t i = 0; i < slots; i += 1)
    if (atomic_load_explicit(&wake_fds[i], memory_order_relaxed) == fd + 1 ||
        atomic_load_explicit(&set_fds[i], memory_order_relaxed) == fd + 1)
      return true;
  return false;
}

void wait_wake_self(void) {
  const uint64_t one = 1;
  if (wake_fd >= 0) kernel(SYS_write, wake_fd, &one, sizeof one);
}

static int by_number(const void *a, const void *b) {
  const unsigned left = *(const unsigned *)a, right = *(const unsigned *)b;
  return left < right ? -1 : left > right;
}

int wait_owned(unsigned first, unsigned last, unsigned *out, int room) {
  int count = 0;
  const uint32_t slots = atomic_load(&leap->slots);
  const int life = life_descriptor();
  if (life >= 0 && (unsigned)life >= first && (unsigned)life <= last && room > 0) out[count++] = (unsigned)life;
  for (uint32_t i = 0; i < slots; i += 1) {
    const int both[] = {atomic_load(&wake_fds[i]) - 1, atomic_load(&set_fds[i]) - 1};
    for (int k = 0; k < 2; k += 1)
      if (both[k] >= 0 && (unsigned)both[k] >= first && (unsigned)both[k] <= last && count < room)
        out[count++] = (unsigned)both[k];
  }
  qsort(out, (size_t)count, sizeof *out, by_number);
  return count;
}

void wait_forked(void) {
  for (uint32_t i = 0; i < atomic_load(&leap->slots); i += 1) {
    if (atomic_load(&set_fds[i]) == 0) continue;
    kernel(SYS_close, atomic_exchange(&set_fds[i], 0) - 1);
    kernel(SYS_close, atomic_exchange(&wake_fds[i], 0) - 1);
  }
  set_fd = wake_fd = -1;
  set_generation += 1;
}

void wait_nudge(int slot) {
  uint32_t waiting = LEAP_WAITING;
  if (atomic_load(&leap->slot[slot].way) == LEAP_UNSEEN) return;
  if (!atomic_compare_exchange_strong(&leap->states[slot], &waiting, LEAP_RUNNING)) return;
  atomic_fetch_add(&leap->epoch, 1);
  wait_wake(slot);
}

void wait_wake(int slot) {
  const uint64_t one = 1;
  const uint32_t way = atomic_load(&leap->slot[slot].way);
  if (way == LEAP_PARKED || way == LEAP_SHARED) futex_wake(&leap->states[slot], 1);
  else kernel(SYS_write, atomic_load(&wake_fds[slot]) - 1, &one, sizeof one);
}
