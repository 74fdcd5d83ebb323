/* Semaphores, conditions and locks with time limits, and who wakes whom. */
#define _GNU_SOURCE
#include "probe.h"
#include <semaphore.h>
#define SUBJECT "syncs"

static sem_t semaphore;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static bool ready;
static int64_t begun;

CASE(semaphores) {
  sem_init(&semaphore, 0, 0);
  int64_t due = now() + unit;
  struct timespec time = at(CLOCK_REALTIME, unit);
  say_result(sem_timedwait(&semaphore, &time));
  ended(due);
  due = now() + unit;
  time = at(CLOCK_MONOTONIC, unit);
  say_result(sem_clockwait(&semaphore, CLOCK_MONOTONIC, &time));
  ended(due);
  time = at(CLOCK_REALTIME, -unit);
  say_result(sem_timedwait(&semaphore, &time));
  sem_post(&semaphore);
  say_result(sem_timedwait(&semaphore, &time));
  time.tv_nsec = 1000000000;
  say_result(sem_timedwait(&semaphore, &time));
  say_result(sem_clockwait(&semaphore, 77, &time));
}
CASE(conditions) {
  pthread_condattr_t attributes;
  pthread_cond_t monotonic;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&monotonic, &attributes);
  pthread_mutex_lock(&mutex);
  int64_t due = now() + unit;
  struct timespec time = at(CLOCK_REALTIME, unit);
  say_error(pthread_cond_timedwait(&cond, &mutex, &time));
  ended(due);
  due = now() + unit;
  time = at(CLOCK_MONOTONIC, unit);
  say_error(pthread_cond_timedwait(&monotonic, &mutex, &time));
  ended(due);
  due = now() + unit;
  time = at(CLOCK_MONOTONIC, unit);
  say_error(pthread_cond_clockwait(&cond, &mutex, CLOCK_MONOTONIC, &time));
  ended(due);
  due = now() + unit;
  time = at(CLOCK_REALTIME, unit);
  say_error(pthread_cond_clockwait(&monotonic, &mutex, CLOCK_REALTIME, &time));
  ended(due);
  time = at(CLOCK_REALTIME, -unit);
  say_error(pthread_cond_timedwait(&cond, &mutex, &time));
  time.tv_nsec = -1;
  say_error(pthread_cond_timedwait(&cond, &mutex, &time));
  say_error(pthread_mutex_unlock(&mutex));
}

static void *hold_all(void *ns) {
  pthread_mutex_lock(&mutex);
  pthread_rwlock_wrlock(&lock);
  sem_post(&semaphore);
  nap((int64_t)(intptr_t)ns);
  pthread_rwlock_unlock(&lock);
  pthread_mutex_unlock(&mutex);
  return NULL;
}
static int try_lock(int which, int64_t ns) {
  struct timespec date = at(CLOCK_REALTIME, ns), time = at(CLOCK_MONOTONIC, ns);
  const int error = which == 0   ? pthread_mutex_timedlock(&mutex, &date)
                    : which == 1 ? pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &time)
                    : which == 2 ? pthread_rwlock_timedrdlock(&lock, &date)
                    : which == 3 ? pthread_rwlock_timedwrlock(&lock, &date)
                    : which == 4 ? pthread_rwlock_clockrdlock(&lock, CLOCK_MONOTONIC, &time)
                                 : pthread_rwlock_clockwrlock(&lock, CLOCK_MONOTONIC, &time);
  if (error == 0 && which < 2) pthread_mutex_unlock(&mutex);
  else if (error == 0) pthread_rwlock_unlock(&lock);
  return error;
}
CASE(locks_that_are_not_had) {
  sem_init(&semaphore, 0, 0);
  const pthread_t thread = start(hold_all, (void *)(intptr_t)(8 * unit));
  sem_wait(&semaphore);
  for (int which = 0; which < 6; which += 1) {
    const int64_t due = now() + unit;
    say_error(try_lock(which, unit));
    ended(due);
  }
  join(thread);
}
CASE(locks_that_are_had_late) {
  sem_init(&semaphore, 0, 0);
  for (int which = 0; which < 6; which += 1) {
    begun = now();
    const pthread_t thread = start(hold_all, (void *)(intptr_t)unit);
    sem_wait(&semaphore);
    say_error(try_lock(which, LONG));
    ended_after(begun);
    join(thread);
  }
}

static void *post_later(void *unused) {
  nap(unit);
  sem_post(&semaphore);
  return unused;
}
CASE(semaphore_posted) {
  sem_init(&semaphore, 0, 0);
  for (int i = 0; i < 3; i += 1) {
    begun = now();
    const pthread_t thread = start(post_later, NULL);
    const struct timespec date = at(CLOCK_REALTIME, LONG), time = at(CLOCK_MONOTONIC, LONG);
    say_result(i == 0   ? sem_wait(&semaphore)
               : i == 1 ? sem_timedwait(&semaphore, &date)
                        : sem_clockwait(&semaphore, CLOCK_MONOTONIC, &time));
    ended_after(begun);
    join(thread);
  }
}
static void *signal_later(void *unused) {
  nap(unit);
  pthread_mutex_lock(&mutex);
  ready = true;
  pthread_cond_signal(&cond);
  pthread_mutex_unlock(&mutex);
  return unused;
}
CASE(condition_signalled) {
  for (int i = 0; i < 3; i += 1) {
    ready = false;
    begun = now();
    const pthread_t thread = start(signal_later, NULL);
    const struct timespec date = at(CLOCK_REALTIME, LONG), time = at(CLOCK_MONOTONIC, LONG);
    pthread_mutex_lock(&mutex);
    int error = 0;
    while (!ready && error == 0)
      error = i == 0   ? pthread_cond_wait(&cond, &mutex)
              : i == 1 ? pthread_cond_timedwait(&cond, &mutex, &date)
                       : pthread_cond_clockwait(&cond, &mutex, CLOCK_MONOTONIC, &time);
    pthread_mutex_unlock(&mutex);
    say_error(error);
    ended_after(begun);
    join(thread);
  }
}

static int waiting, woken;
static void *wait_for_signal(void *unused) {
  pthread_mutex_lock(&mutex);
  waiting += 1;
  pthread_cond_wait(&cond, &mutex);
  woken += 1;
  pthread_mutex_unlock(&mutex);
  return unused;
}
static void wait_until_waiting(int count) {
  for (;;) {
    pthread_mutex_lock(&mutex);
    const bool all = waiting == count;
    pthread_mutex_unlock(&mutex);
    if (all) return;
    nap(unit / 10);
  }
}
/** A signal wakes one; a broadcast all; both nobody where nobody waits. */
CASE(how_many_a_signal_wakes) {
  pthread_t threads[6];
  pthread_cond_signal(&cond);
  pthread_cond_broadcast(&cond);
  for (int i = 0; i < 6; i += 1) threads[i] = start(wait_for_signal, NULL);
  wait_until_waiting(6);
  for (int i = 0; i < 4; i += 1) {
    pthread_mutex_lock(&mutex);
    say("%d", woken);
    if (i < 3) pthread_cond_signal(&cond);
    else pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&mutex);
    nap(unit);
  }
  say("%d", woken);
  for (int i = 0; i < 6; i += 1) join(threads[i]);
}
