/*
 * Puts a process on the clock when it is loaded: the variable FIREDRILL_LEAP says where the shared memory is and to which
 * group the process belongs. Without it, or where the memory is another version's, every call goes to the kernel as it is.
 */
#define _GNU_SOURCE
#include "program.h"
#include "real.h"
#include "slot.h"
#include "timer.h"
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct leap_shared *leap;
struct leap_group *leap_group;
uint32_t leap_group_index;

void sync_learn_layout(void);
void lock_learn_layout(void);
void thread_forked(void);

static void refuse(const char *why, const char *where) {
  fprintf(stderr, "This process cannot be put on Firedrill's clock: %s (%s=%s).\n", why, LEAP_VARIABLE, where);
  _exit(LEAP_EXIT_ORPHANED);
}

__attribute__((constructor(101))) static void load(void) {
  const char *variable = getenv(LEAP_VARIABLE);
  if (variable == NULL) return;
  char path[128];
  const char *group = strchr(variable, ';');
  if (group == NULL || (size_t)(group - variable) >= sizeof path) refuse("the variable has no group", variable);
  snprintf(path, sizeof path, "%.*s", (int)(group - variable), variable);
  const int fd = (int)kernel(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (fd < 0) refuse("its coordinator has ended, or belongs to another user", variable);
  struct leap_shared *memory = mmap(NULL, sizeof *memory, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  kernel(SYS_close, fd);
  if (memory == MAP_FAILED || memory->magic != LEAP_MAGIC) refuse("its memory is another version's", variable);
  const int index = atoi(group + 1);
  if (index < 0 || index >= LEAP_GROUPS) refuse("it has no such group", variable);
  leap_group_index = (uint32_t)index;
  leap_group = &memory->groups[index];
  sync_learn_layout();
  lock_learn_layout();
  Dl_info own;
  if (dladdr((void *)&leap, &own) != 0) program_remember(own.dli_fname, variable);
  leap = memory;
  pthread_atfork(NULL, NULL, thread_forked);
  slot_join();
  if (!on_clock()) return;
  slot_enroll_process();
  timers_after_exec();
}
