/* How threads end, and what joins them; POSIX's and C11's. */
#define _GNU_SOURCE
#include "probe.h"
#include <semaphore.h>
#include <stdlib.h>
#include <threads.h>
#include <unistd.h>
#define SUBJECT "threads"

static int64_t begun;

/** Beside whatever a case does: somebody whose next deadline is far, so that a leap at a wrong moment is seen. */
static void *tick(void *unused) {
  for (;;) nap(LONG);
  return unused;
}
static void start_ticker(void) { start(tick, NULL); }

enum end { BY_RETURN, BY_EXIT, BY_CANCEL };
static void *end_somehow(void *how) {
  const enum end end = (enum end)(intptr_t)how;
  if (end == BY_EXIT) {
    nap(unit);
    pthread_exit((void *)2);
  }
  nap(end == BY_CANCEL ? LONG : unit);
  return (void *)1;
}
CASE(ends_and_joins) {
  start_ticker();
  for (int how = BY_RETURN; how <= BY_CANCEL; how += 1) {
    begun = now();
    const pthread_t thread = start(end_somehow, (void *)(intptr_t)how);
    if (how == BY_CANCEL) {
      nap(unit);
      pthread_cancel(thread);
    }
    void *value;
    say_error(pthread_join(thread, &value));
    say("%d", (int)(intptr_t)value);
    ended_after(begun);
  }
}
static void *at_once(void *unused) { return unused; }
/** Between a thread's last word and its end in the kernel nothing leaps, though nobody else runs. */
CASE(joins_who_has_nothing_to_do) {
  start_ticker();
  const int64_t due = now();
  for (int i = 0; i < 300; i += 1) join(start(at_once, NULL));
  const int64_t late = now() - due;
  ended(late < 300000000 ? now() : due);
}
CASE(joins_with_a_limit) {
  start_ticker();
  pthread_t thread = start(end_somehow, (void *)BY_CANCEL);
  int64_t due = now() + unit;
  struct timespec time = at(CLOCK_REALTIME, unit);
  say_error(pthread_timedjoin_np(thread, NULL, &time));
  ended(due);
  due = now() + unit;
  time = at(CLOCK_MONOTONIC, unit);
  say_error(pthread_clockjoin_np(thread, NULL, CLOCK_MONOTONIC, &time));
  ended(due);
  say_error(pthread_tryjoin_np(thread, NULL));
  pthread_cancel(thread);
  join(thread);
  begun = now();
  thread = start(end_somehow, (void *)BY_RETURN);
  time = at(CLOCK_REALTIME, LONG);
  void *value;
  say_error(pthread_timedjoin_np(thread, &value, &time));
  say("%d", (int)(intptr_t)value);
  ended_after(begun);
}

static sem_t done;
static void *end_detached(void *unused) {
  nap(unit);
  sem_post(&done);
  return unused;
}
CASE(detached) {
  start_ticker();
  sem_init(&done, 0, 0);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  for (int i = 0; i < 20; i += 1) {
    begun = now();
    pthread_t thread;
    MUST(pthread_create(&thread, &attributes, end_detached, NULL) == 0);
    sem_wait(&done);
    ended(begun + unit);
  }
  say("all");
}

static pthread_key_t first_key, second_key;
static int rounds;
static void wait_and_set_again(void *value) {
  nap(unit);
  rounds += 1;
  if (rounds < 3) pthread_setspecific(first_key, value);
}
static void wait_once(void *value) {
  (void)value;
  nap(unit);
}
static void *end_with_destructors(void *unused) {
  pthread_setspecific(first_key, &rounds);
  pthread_setspecific(second_key, &rounds);
  return unused;
}
CASE(destructors_that_wait) {
  start_ticker();
  pthread_key_create(&first_key, wait_and_set_again);
  pthread_key_create(&second_key, wait_once);
  begun = now();
  join(start(end_with_destructors, NULL));
  ended_after(begun);
  say("%d", rounds);
}

static void *outlive(void *unused) {
  nap(3 * unit);
  ended(begun + 3 * unit);
  say("outlived");
  sem_post(&done);
  nap(unit);
  ended(begun + 4 * unit);
  sem_post(&done);
  return unused;
}
static void *exit_first(void *thread) {
  sem_wait(&done);
  sem_wait(&done);
  join((pthread_t)thread);
  return NULL;
}
CASE(threads_that_outlive_who_started_them) {
  sem_init(&done, 0, 0);
  begun = now();
  const pthread_t thread = start(outlive, NULL);
  join(start(exit_first, (void *)thread));
}

static pthread_barrier_t barrier;
static void *meet(void *number) {
  nap((intptr_t)number * unit);
  pthread_barrier_wait(&barrier);
  ended(begun + 4 * unit);
  return NULL;
}
CASE(a_barrier) {
  start_ticker();
  pthread_t threads[5];
  pthread_barrier_init(&barrier, NULL, 5);
  begun = now();
  for (intptr_t i = 0; i < 5; i += 1) threads[i] = start(meet, (void *)i);
  for (int i = 0; i < 5; i += 1) join(threads[i]);
  ended_after(begun);
}

static mtx_t c11_mutex;
static cnd_t c11_cond;
static int c11_signal_later(void *unused) {
  (void)unused;
  thrd_sleep(&(struct timespec[]){span(unit)}[0], NULL);
  mtx_lock(&c11_mutex);
  cnd_signal(&c11_cond);
  mtx_unlock(&c11_mutex);
  return 7;
}
CASE(c11) {
  start_ticker();
  mtx_init(&c11_mutex, mtx_timed);
  cnd_init(&c11_cond);
  mtx_lock(&c11_mutex);
  int64_t due = now() + unit;
  struct timespec date = at(CLOCK_REALTIME, unit);
  say("%d", cnd_timedwait(&c11_cond, &c11_mutex, &date) == thrd_timedout);
  ended(due);
  begun = now();
  thrd_t thread;
  int result;
  say("%d", thrd_create(&thread, c11_signal_later, NULL));
  say("%d", cnd_wait(&c11_cond, &c11_mutex));
  ended_after(begun);
  due = now() + unit;
  date = at(CLOCK_REALTIME, unit);
  say("%d", thrd_join(thread, &result));
  say("%d %d", result, mtx_timedlock(&c11_mutex, &date) == thrd_timedout);
  ended(due);
}
