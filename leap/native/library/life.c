/*
 * No process outlives its coordinator. Each has a pipe of its own open whose only writer is the coordinator, and has asked
 * the kernel for SIGKILL when something happens there. Nobody ever writes; so that comes when the coordinator is gone,
 * however it went, and ends this process whether it computes or waits. Not covered: a process that closes descriptors past
 * libc, or has none left; it ends at its next heartbeat, which comes only while it waits on the clock.
 */
#define _GNU_SOURCE
#include "life.h"
#include "set.h"
#include "slot.h"
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static _Atomic int life_fd = -1;

bool life_owns(int fd) { return fd == atomic_load_explicit(&life_fd, memory_order_relaxed); }
int life_descriptor(void) { return atomic_load(&life_fd); }

/** Its own opening of the pipe: a forked child's signal would else be its parent's. */
static int open_pipe(void) {
  char path[64];
  struct stat file;
  snprintf(path, sizeof path, "/proc/%d/fd/%d", leap->coordinator, leap->life);
  const int fd = (int)kernel(SYS_openat, AT_FDCWD, path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return fd;
  /* The coordinator's number may be another process's by now. */
  if (fstat(fd, &file) == 0 && S_ISFIFO(file.st_mode) && file.st_ino == leap->life_inode) return set_moved_up(fd);
  kernel(SYS_close, fd);
  return -ENOENT;
}

void life_tie(void) {
  const int inherited = atomic_exchange(&life_fd, -1);
  if (inherited >= 0) kernel(SYS_close, inherited);
  const int fd = open_pipe();
  if (fd < 0) {
    slot_heartbeat();
    return;
  }
  kernel(SYS_fcntl, fd, F_SETOWN, kernel(SYS_getpid));
  kernel(SYS_fcntl, fd, F_SETSIG, SIGKILL);
  kernel(SYS_fcntl, fd, F_SETFL, O_NONBLOCK | O_ASYNC);
  atomic_store(&life_fd, fd);
  /* It may have gone meanwhile. */
  struct pollfd one = {.fd = fd};
  if (kernel_poll(&one, 1, 0, NULL) > 0) slot_heartbeat();
}
