/* Programs that are started, or that a process becomes: they are on the clock from before their first instruction. */
#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "programs"

/** Where this program is, and the time since which a program that was started may be late, for it to look at. */
static char self[512], since[32], units[32];
static char *sleep_role[] = {self, "role", "sleep", since, units, NULL};
static char *empty[] = {NULL};

/** `sleep SINCE UNIT`: waits a unit; says by its exit whether it is where whoever started it is. */
int role_of(const char *name, char **arguments) {
  const int64_t begun = atoll(arguments[0]);
  unit = atoll(arguments[1]);
  if (strcmp(name, "sleep") != 0) return 2;
  const int64_t late = now() - begun;
  /* Loading a program costs CPU, not leaps. */
  if (late < 0 || late > 2000000000) return 3;
  nap(unit);
  return now() - begun - unit > 2000000000 ? 4 : 42;
}

static void *tick(void *unused) {
  for (;;) nap(LONG);
  return unused;
}
static int64_t begin(void) {
  const int64_t begun = now();
  snprintf(since, sizeof since, "%lld", (long long)begun);
  return begun;
}
static void prepare(void) {
  const ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
  MUST(size > 0);
  snprintf(units, sizeof units, "%lld", (long long)unit);
  start(tick, NULL);
}
static int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) MUST(errno == EINTR);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
/** What the program's start cost is nobody's lateness here: the program itself looks at it. */
static void done(int status, int64_t begun) { say("%d after %d", status, now() - begun >= unit); }

CASE(vfork_and_exec) {
  prepare();
  const int64_t begun = begin();
  const pid_t child = vfork();
  if (child == 0) {
    execv(self, sleep_role);
    _exit(9);
  }
  done(wait_for(child), begun);
}
CASE(exec_with_an_empty_environment) {
  prepare();
  for (int i = 0; i < 6; i += 1) {
    const int64_t begun = begin();
    const pid_t child = fork();
    if (child == 0) {
      if (i == 0) execve(self, sleep_role, empty);
      if (i == 1) execle(self, self, "role", "sleep", since, units, NULL, empty);
      if (i == 2) fexecve(open(self, O_RDONLY | O_CLOEXEC), sleep_role, empty);
      if (i == 3) execvpe(self, sleep_role, empty);
      clearenv();
      if (i == 4) execl(self, self, "role", "sleep", since, units, NULL);
      if (i == 5) execv(self, sleep_role);
      _exit(9);
    }
    done(wait_for(child), begun);
  }
}
CASE(spawned) {
  prepare();
  for (int i = 0; i < 3; i += 1) {
    const int64_t begun = begin();
    pid_t child = -1;
    say_error(i == 2 ? posix_spawnp(&child, self, NULL, NULL, sleep_role, empty)
                     : posix_spawn(&child, self, NULL, NULL, sleep_role, i == 0 ? environ : empty));
    done(wait_for(child), begun);
  }
  pid_t child = -1;
  say_error(posix_spawn(&child, "/no/such/program", NULL, NULL, sleep_role, environ));
  nap(unit);
  say_result(waitpid(-1, NULL, 0));
}
CASE(by_the_shell) {
  prepare();
  char command[1024];
  int64_t begun = begin();
  snprintf(command, sizeof command, "%s role sleep %s %s", self, since, units);
  done(WEXITSTATUS(system(command)), begun);
  say("%d", system(NULL));
  begun = begin();
  snprintf(command, sizeof command, "%s role sleep %s %s; exit $?", self, since, units);
  done(WEXITSTATUS(system(command)), begun);
}
CASE(through_a_pipe) {
  prepare();
  char command[1024], line[64] = "";
  const int64_t begun = begin();
  snprintf(command, sizeof command, "%s role sleep %s %s; echo $?", self, since, units);
  FILE *file = popen(command, "r");
  say("%d", fgets(line, sizeof line, file) != NULL);
  say("%d", atoi(line));
  done(pclose(file), begun);
}
static void *become(void *unused) {
  nap(unit);
  begin();
  execv(self, sleep_role);
  return unused;
}
CASE(exec_from_a_second_thread) {
  prepare();
  const int64_t begun = begin();
  const pid_t child = fork();
  if (child == 0) {
    start(tick, NULL);
    start(become, NULL);
    nap(LONG);
    _exit(9);
  }
  done(wait_for(child), begun);
}
CASE(exec_that_fails) {
  prepare();
  const int64_t begun = begin();
  const pid_t child = fork();
  if (child == 0) {
    say_result(execv("/no/such/program", sleep_role));
    nap(unit);
    _exit(5);
  }
  done(wait_for(child), begun);
}

static int64_t begun;
static int ends[2];
static void *write_at_the_end(void *unused) {
  nap(3 * unit);
  MUST(write(ends[1], "x", 1) == 1);
  return unused;
}
static void wait_after_closing(void) {
  char byte;
  /* What closing them took is computing. */
  const int64_t closed = now();
  nap(unit);
  ended(closed + unit);
  MUST(read(ends[0], &byte, 1) == 1);
  ended_after(begun);
}
/** A program that has waited for descriptors, and then closes all that it does not know. */
static void wait_before_closing(void) {
  MUST(pipe(ends) == 0);
  begun = now();
  start(write_at_the_end, NULL);
  char byte;
  struct timeval no_time = {.tv_usec = 1000};
  fd_set set;
  FD_ZERO(&set);
  FD_SET(ends[0], &set);
  MUST(select(ends[0] + 1, &set, NULL, NULL, &no_time) == 0);
  (void)byte;
}
static void close_others(int how) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  const int most = limit.rlim_cur > 70000 ? 70000 : (int)limit.rlim_cur;
  if (how == 0) close_range((unsigned)ends[1] + 1, ~0U, 0);
  if (how == 1) closefrom(ends[1] + 1);
  for (int fd = ends[1] + 1; fd < most && how > 1; fd += 1) {
    if (how == 2) close(fd);
    else syscall(SYS_close, fd);
  }
  if (how == 4) syscall(SYS_close_range, (unsigned)ends[1] + 1, ~0U, 0);
}
static void close_and_wait(const void *how) {
  wait_before_closing();
  close_others((int)(intptr_t)how);
  wait_after_closing();
}
CASE(closes_all_descriptors) {
  for (int how = 0; how < 5; how += 1) in_a_process(close_and_wait, (void *)(intptr_t)how);
}
static void *use_the_last_descriptors(void *unused) {
  while (dup(0) >= 0) continue;
  say_result(dup(0));
  return unused;
}
/** A client that leaks descriptors must fail as it would, and not hang. */
CASE(has_no_descriptor_left) {
  const struct rlimit few = {.rlim_cur = 64, .rlim_max = 64};
  /* A thread without a descriptor of its own looks again and again, so that hours are for others. */
  if (unit > 100000000) unit = 100000000;
  MUST(setrlimit(RLIMIT_NOFILE, &few) == 0 && pipe(ends) == 0);
  begun = now();
  start(write_at_the_end, NULL);
  use_the_last_descriptors(NULL);
  wait_after_closing();
}
