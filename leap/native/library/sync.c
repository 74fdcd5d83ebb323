/*
 * Condition variables and semaphores. Those of one process wait in park.c, so that a wake-up is known before it happens;
 * those that processes share wait in shared.c, a condition on a counter in its first word: all that use it are on the clock,
 * so nobody else's algorithm is at work there.
 */
#define _GNU_SOURCE
#include "real.h"
#include "wait.h"
#include <pthread.h>
#include <semaphore.h>
#include <string.h>

/* Where this libc keeps a condition's clock and whether processes share it: read off two conditions that differ in it. */
static struct {
  size_t word;
  uint32_t bit;
} monotonic_flag, shared_flag;
static size_t semaphore_shared_word;

static void find_flag(const uint32_t *plain, const uint32_t *set, size_t words, size_t *word, uint32_t *bit) {
  for (size_t i = 0; i < words; i += 1)
    if (plain[i] != set[i]) {
      *word = i;
      *bit = plain[i] ^ set[i];
      return;
    }
}

void sync_learn_layout(void) {
  pthread_cond_t plain, monotonic, shared;
  pthread_condattr_t attributes;
  memset(&plain, 0, sizeof plain);
  memset(&monotonic, 0, sizeof monotonic);
  memset(&shared, 0, sizeof shared);
  pthread_cond_init(&plain, NULL);
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&monotonic, &attributes);
  pthread_condattr_init(&attributes);
  pthread_condattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_cond_init(&shared, &attributes);
  const size_t words = sizeof plain / sizeof(uint32_t);
  find_flag((uint32_t *)&plain, (uint32_t *)&monotonic, words, &monotonic_flag.word, &monotonic_flag.bit);
  find_flag((uint32_t *)&plain, (uint32_t *)&shared, words, &shared_flag.word, &shared_flag.bit);
  sem_t own, between;
  uint32_t unused;
  memset(&own, 0, sizeof own);
  memset(&between, 0, sizeof between);
  sem_init(&own, 0, 0);
  sem_init(&between, 1, 0);
  find_flag((uint32_t *)&own, (uint32_t *)&between, sizeof own / sizeof(uint32_t), &semaphore_shared_word, &unused);
}

static bool has(const void *object, size_t word, uint32_t bit) { return (((const uint32_t *)object)[word] & bit) != 0; }
static bool cond_is_shared(const pthread_cond_t *cond) { return has(cond, shared_flag.word, shared_flag.bit); }
static bool semaphore_is_shared(const sem_t *semaphore) { return has(semaphore, semaphore_shared_word, UINT32_MAX); }

static void release_mutex(void *mutex) { pthread_mutex_unlock(mutex); }

static _Atomic uint32_t *first_word(const void *object) { return (_Atomic uint32_t *)object; }

/** What the condition of several processes came to: ETIMEDOUT or 0, and whether the thread is to be cancelled. */
static int wait_for_shared_cond(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t deadline, bool *cancelled) {
  const uint32_t before = atomic_load(first_word(cond));
  pthread_mutex_unlock(mutex);
  const long result = wait_shared(first_word(cond), before, deadline, WAIT_CANCELLABLE);
  *cancelled = result == -ECANCELED;
  return result == -ETIMEDOUT ? ETIMEDOUT : 0;
}

static int wait_for_own_cond(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t deadline, bool *cancelled) {
  const struct park_options options = {.asleep = release_mutex, .argument = mutex, .rules = WAIT_CANCELLABLE};
  const enum park_end end = park(cond, deadline, &options);
  *cancelled = end == PARK_CANCELLED;
  return end == PARK_TIMEOUT ? ETIMEDOUT : 0;
}

static int wait_for_cond(pthread_cond_t *cond, pthread_mutex_t *mutex, int64_t deadline) {
  thread_cancellation_point();
  bool cancelled = false;
  int result = ETIMEDOUT;
  if (clock_is_past(deadline)) /* Whoever waits for the mutex gets his chance. */
    pthread_mutex_unlock(mutex);
  else if (cond_is_shared(cond)) result = wait_for_shared_cond(cond, mutex, deadline, &cancelled);
  else result = wait_for_own_cond(cond, mutex, deadline, &cancelled);
  const int error = pthread_mutex_lock(mutex);
  if (cancelled) thread_cancellation_point();
  return error != 0 ? error : result;
}

EXPORT int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex) {
  REAL_COND(pthread_cond_wait);
  return on_clock() ? wait_for_cond(cond, mutex, LEAP_NEVER) : real(cond, mutex);
}

EXPORT int pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *mutex, clockid_t id, const struct timespec *at) {
  REAL(pthread_cond_clockwait);
  if (leap == NULL) return real(cond, mutex, id, at);
  if (at->tv_nsec < 0 || at->tv_nsec >= 1000000000L) return EINVAL;
  if (on_clock()) return wait_for_cond(cond, mutex, clock_deadline(id, at));
  const struct timespec date = id == CLOCK_REALTIME ? clock_real_date(at) : *at;
  return real(cond, mutex, id, &date);
}

EXPORT int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *at) {
  REAL_COND(pthread_cond_timedwait);
  if (leap == NULL) return real(cond, mutex, at);
  if (at->tv_nsec < 0 || at->tv_nsec >= 1000000000L) return EINVAL;
  const bool monotonic = has(cond, monotonic_flag.word, monotonic_flag.bit);
  if (on_clock()) return pthread_cond_clockwait(cond, mutex, monotonic ? CLOCK_MONOTONIC : CLOCK_REALTIME, at);
  const struct timespec date = monotonic ? *at : clock_real_date(at);
  return real(cond, mutex, &date);
}

/** Wakes what waits on a word that processes share; the coordinator looks who that was. */
static void wake_shared(_Atomic uint32_t *word, int how_many) {
  clock_publish();
  if (kernel(SYS_futex, word, FUTEX_WAKE, how_many) > 0) slot_signalled();
}

static int signal_cond(pthread_cond_t *cond, int how_many) {
  if (cond_is_shared(cond)) {
    atomic_fetch_add(first_word(cond), 1);
    wake_shared(first_word(cond), how_many);
  } else unpark(cond, how_many);
  return 0;
}

EXPORT int pthread_cond_signal(pthread_cond_t *cond) {
  REAL_COND(pthread_cond_signal);
  return on_clock() ? signal_cond(cond, 1) : real(cond);
}

EXPORT int pthread_cond_broadcast(pthread_cond_t *cond) {
  REAL_COND(pthread_cond_broadcast);
  return on_clock() ? signal_cond(cond, INT32_MAX) : real(cond);
}

static bool still_taken(void *semaphore) { return sem_trywait(semaphore) != 0; }

/** Waits once; 0, -EINTR, or -EAGAIN where it is to be asked again. */
static int wait_once(sem_t *semaphore, int64_t deadline) {
  if (semaphore_is_shared(semaphore))
    return wait_shared(first_word(semaphore), 0, deadline, WAIT_CANCELLABLE | WAIT_BY_SIGNAL) == -EINTR ? -EINTR : -EAGAIN;
  const struct park_options options = {
      .holds = still_taken, .argument = semaphore, .rules = WAIT_CANCELLABLE | WAIT_BY_SIGNAL};
  const enum park_end end = park(semaphore, deadline, &options);
  return end == PARK_REFUSED ? 0 : end == PARK_INTERRUPTED ? -EINTR : -EAGAIN;
}

static int wait_for_semaphore(sem_t *semaphore, int64_t deadline) {
  for (;;) {
    thread_cancellation_point();
    if (sem_trywait(semaphore) == 0) return 0;
    if (clock_is_past(deadline)) return (int)as_libc(-ETIMEDOUT);
    const int result = wait_once(semaphore, deadline);
    if (result != -EAGAIN) return (int)as_libc(result);
  }
}

EXPORT int sem_wait(sem_t *semaphore) {
  REAL(sem_wait);
  return on_clock() ? wait_for_semaphore(semaphore, LEAP_NEVER) : real(semaphore);
}

EXPORT int sem_clockwait(sem_t *semaphore, clockid_t id, const struct timespec *at) {
  REAL(sem_clockwait);
  if (leap == NULL) return real(semaphore, id, at);
  const bool valid = at->tv_nsec >= 0 && at->tv_nsec < 1000000000L && (id == CLOCK_REALTIME || id == CLOCK_MONOTONIC);
  if (!valid) return (int)as_libc(-EINVAL);
  if (on_clock()) return wait_for_semaphore(semaphore, clock_deadline(id, at));
  const struct timespec date = id == CLOCK_REALTIME ? clock_real_date(at) : *at;
  return real(semaphore, id, &date);
}

EXPORT int sem_timedwait(sem_t *semaphore, const struct timespec *at) { return sem_clockwait(semaphore, CLOCK_REALTIME, at); }

EXPORT int sem_post(sem_t *semaphore) {
  REAL(sem_post);
  const int result = real(semaphore);
  if (result != 0 || !on_clock()) return result;
  if (semaphore_is_shared(semaphore)) wake_shared(first_word(semaphore), 1);
  else unpark(semaphore, 1);
  return result;
}
