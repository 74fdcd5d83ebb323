/* The memory that a run shares. It has no name anywhere, so nothing is left of it when its last user is gone. */
#define _GNU_SOURCE
#include "coordinator.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

struct leap_shared *leap;

int64_t wall_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int memory_create(void) {
  const int fd = memfd_create("firedrill-clock", MFD_CLOEXEC);
  if (fd < 0 || ftruncate(fd, sizeof(struct leap_shared)) != 0) {
    perror("Firedrill's clock cannot get its shared memory");
    exit(70);
  }
  leap = mmap(NULL, sizeof *leap, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (leap == MAP_FAILED) {
    perror("Firedrill's clock cannot map its shared memory");
    exit(70);
  }
  for (int i = 0; i < LEAP_TIMERS; i += 1) leap->timers[i].due = LEAP_NEVER;
  leap->coordinator = getpid();
  leap->next_due = LEAP_NEVER;
  return fd;
}
