/* Processes: how they begin, end, stop, and what they share. */
#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "processes"

static int64_t begun;
static void *tick(void *unused) {
  for (;;) nap(LONG);
  return unused;
}
static int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) MUST(errno == EINTR);
  return status;
}

CASE(forked_children_that_sleep) {
  pid_t children[5];
  begun = now();
  for (int i = 0; i < 5; i += 1) {
    children[i] = fork();
    if (children[i] == 0) {
      nap((5 - i) * unit);
      _exit(i);
    }
  }
  for (int i = 0; i < 5; i += 1) {
    int status;
    const pid_t child = wait(&status);
    say("%d", WEXITSTATUS(status));
    MUST(child == children[WEXITSTATUS(status)]);
    ended_after(begun);
  }
  say_result(wait(NULL));
}
static void *fork_in_a_thread(void *unused) {
  const pid_t child = fork();
  if (child == 0) {
    const pthread_t thread = start(tick, NULL);
    nap(unit);
    pthread_cancel(thread);
    join(thread);
    _exit(7);
  }
  say("%d", WEXITSTATUS(wait_for(child)));
  return unused;
}
CASE(forked_by_a_thread) {
  start(tick, NULL);
  begun = now();
  join(start(fork_in_a_thread, NULL));
  ended_after(begun);
}
/** Nothing leaps between a child's end and its parent's. */
CASE(children_that_end_at_once) {
  start(tick, NULL);
  begun = now();
  for (int i = 0; i < 50; i += 1) {
    const pid_t child = fork();
    if (child == 0) _exit(0);
    wait_for(child);
  }
  ended(now() - begun < 10 * unit ? now() : begun);
}
/** In whatever a child does: it is killed, and everybody else goes on. */
static void *compute(void *unused) {
  for (volatile int i = 0;; i += 1) continue;
  return unused;
}
static sem_t *shared_semaphore;
static void be_somewhere(int where) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  int ends[2];
  char byte;
  MUST(pipe(ends) == 0);
  if (where == 0) compute(NULL);
  if (where == 1) nap(LONG);
  if (where == 2) MUST(read(ends[0], &byte, 1) > 9);
  if (where == 3) sem_wait(shared_semaphore);
  if (where == 4) {
    pthread_mutex_lock(&mutex);
    pthread_mutex_lock(&mutex);
  }
  if (where == 5) {
    start(tick, NULL);
    start(compute, NULL);
    pthread_exit(NULL);
  }
  if (where == 6) raise(SIGSTOP);
  if (where == 7)
    for (;;) join(start(tick, NULL));
  _exit(1);
}
CASE(killed_anywhere) {
  start(tick, NULL);
  shared_semaphore = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sem_init(shared_semaphore, 1, 0);
  for (int where = 0; where < 8; where += 1) {
    const pid_t child = fork();
    if (child == 0) be_somewhere(where);
    /* Not long: some of them compute. */
    nap(20000000);
    kill(child, SIGKILL);
    say("%d", WTERMSIG(wait_for(child)));
    begun = now();
    nap(unit);
    ended(begun + unit);
  }
}
CASE(stopped_and_continued) {
  start(tick, NULL);
  int ends[2];
  MUST(pipe(ends) == 0);
  const int64_t child_begun = begun = now();
  const pid_t child = fork();
  if (child == 0) {
    /* Half a unit beside the parent's, so that the order is plain. */
    nap(2 * unit + unit / 2);
    int64_t woke = now() - child_begun;
    MUST(write(ends[1], &woke, sizeof woke) == sizeof woke);
    nap(2 * unit);
    woke = now() - child_begun;
    MUST(write(ends[1], &woke, sizeof woke) == sizeof woke);
    _exit(3);
  }
  nap(unit);
  kill(child, SIGSTOP);
  int status;
  MUST(waitpid(child, &status, WUNTRACED) == child);
  say("%d", WIFSTOPPED(status));
  nap(4 * unit);
  kill(child, SIGCONT);
  int64_t woke;
  MUST(read(ends[0], &woke, sizeof woke) == sizeof woke);
  say("%d", (int)(woke / unit));
  MUST(read(ends[0], &woke, sizeof woke) == sizeof woke);
  say("%d", (int)(woke / unit));
  say("%d", WEXITSTATUS(wait_for(child)));
  ended_after(begun);
}

struct shared {
  sem_t full, room;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  int stored, taken;
  bool finished;
};
static struct shared *share(void) {
  struct shared *all = mmap(NULL, sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t mutex;
  pthread_condattr_t cond;
  pthread_mutexattr_init(&mutex);
  pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
  pthread_condattr_init(&cond);
  pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED);
  pthread_condattr_setclock(&cond, CLOCK_MONOTONIC);
  pthread_mutex_init(&all->mutex, &mutex);
  pthread_cond_init(&all->cond, &cond);
  sem_init(&all->full, 1, 0);
  sem_init(&all->room, 1, 2);
  return all;
}
CASE(shared_limits) {
  struct shared *all = share();
  int64_t due = now() + unit;
  struct timespec date = at(CLOCK_REALTIME, unit);
  say_result(sem_timedwait(&all->full, &date));
  ended(due);
  due = now() + unit;
  struct timespec time = at(CLOCK_MONOTONIC, unit);
  pthread_mutex_lock(&all->mutex);
  say_error(pthread_cond_timedwait(&all->cond, &all->mutex, &time));
  ended(due);
  pthread_mutex_unlock(&all->mutex);
}
/** With a limit and without, in turn. */
CASE(shared_semaphores_and_conditions) {
  struct shared *all = share();
  enum { COUNT = 12 };
  begun = now();
  const pid_t child = fork();
  if (child == 0) {
    for (int i = 0; i < COUNT; i += 1) {
      nap(unit);
      const struct timespec date = at(CLOCK_REALTIME, LONG);
      MUST((i % 2 == 0 ? sem_wait(&all->room) : sem_timedwait(&all->room, &date)) == 0);
      pthread_mutex_lock(&all->mutex);
      all->stored += 1;
      pthread_cond_signal(&all->cond);
      pthread_mutex_unlock(&all->mutex);
      sem_post(&all->full);
    }
    _exit(0);
  }
  for (int i = 0; i < COUNT; i += 1) {
    const struct timespec date = at(CLOCK_REALTIME, LONG), time = at(CLOCK_MONOTONIC, LONG);
    pthread_mutex_lock(&all->mutex);
    while (all->stored == i)
      MUST((i % 2 == 0 ? pthread_cond_wait(&all->cond, &all->mutex)
                       : pthread_cond_timedwait(&all->cond, &all->mutex, &time)) == 0);
    pthread_mutex_unlock(&all->mutex);
    MUST((i % 3 == 0 ? sem_wait(&all->full) : sem_timedwait(&all->full, &date)) == 0);
    sem_post(&all->room);
  }
  say("%d", all->stored);
  ended_after(begun);
  wait_for(child);
}
