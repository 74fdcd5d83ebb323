/*
 * Locks with a time limit. The thread parks on the lock, and whoever unlocks it wakes it; a lock that processes share is asked
 * for again each millisecond of the incident. Plain locks are left alone: who holds one is running, or is seen asleep by the
 * coordinator.
 */
#define _GNU_SOURCE
#include "real.h"
#include "wait.h"
#include <pthread.h>
#include <string.h>

enum { ASK_AGAIN_NS = 1000000 };
/** Threads of this process that wait for a lock with a limit; where there is none, unlocking costs nothing. */
static _Atomic int waiting;

/** Where this libc says of a mutex that processes share it, as of a lock for readers and writers: their kind. */
static size_t mutex_word, rwlock_word;
static uint32_t mutex_bit, rwlock_bit;

static void compare(const void *plain, const void *set, size_t size, size_t *word, uint32_t *bit) {
  for (size_t i = 0; i < size / sizeof(uint32_t); i += 1)
    if (((const uint32_t *)plain)[i] != ((const uint32_t *)set)[i]) {
      *word = i;
      *bit = ((const uint32_t *)plain)[i] ^ ((const uint32_t *)set)[i];
      return;
    }
}

void lock_learn_layout(void) {
  pthread_mutex_t own, between;
  pthread_mutexattr_t attributes;
  pthread_rwlock_t own_rw, between_rw;
  pthread_rwlockattr_t rw_attributes;
  memset(&own, 0, sizeof own);
  memset(&between, 0, sizeof between);
  memset(&own_rw, 0, sizeof own_rw);
  memset(&between_rw, 0, sizeof between_rw);
  pthread_mutex_init(&own, NULL);
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
  pthread_mutex_init(&between, &attributes);
  pthread_rwlock_init(&own_rw, NULL);
  pthread_rwlockattr_init(&rw_attributes);
  pthread_rwlockattr_setpshared(&rw_attributes, PTHREAD_PROCESS_SHARED);
  pthread_rwlock_init(&between_rw, &rw_attributes);
  compare(&own, &between, sizeof own, &mutex_word, &mutex_bit);
  compare(&own_rw, &between_rw, sizeof own_rw, &rwlock_word, &rwlock_bit);
}

struct attempt {
  int (*try)(void *);
  void *lock;
  int error;
};
static bool still_busy(void *given) {
  struct attempt *attempt = given;
  attempt->error = attempt->try(attempt->lock);
  return attempt->error == EBUSY;
}

static int lock_until(int (*try)(void *), void *lock, bool shared, clockid_t id, const struct timespec *at) {
  struct attempt attempt = {try, lock, 0};
  if (!still_busy(&attempt)) return attempt.error;
  if (at->tv_nsec < 0 || at->tv_nsec >= 1000000000L) return EINVAL;
  const int64_t deadline = clock_deadline(id, at);
  const struct park_options options = {.holds = still_busy, .argument = &attempt};
  atomic_fetch_add(&waiting, 1);
  for (;;) {
    if (clock_now() >= deadline) {
      attempt.error = ETIMEDOUT;
      break;
    }
    const int64_t soon = clock_after(ASK_AGAIN_NS);
    if (park(lock, shared && soon < deadline ? soon : deadline, &options) == PARK_REFUSED) break;
  }
  atomic_fetch_sub(&waiting, 1);
  return attempt.error;
}

static int try_mutex(void *lock) { return pthread_mutex_trylock(lock); }
static int try_to_read(void *lock) { return pthread_rwlock_tryrdlock(lock); }
static int try_to_write(void *lock) { return pthread_rwlock_trywrlock(lock); }
static bool mutex_is_shared(const void *mutex) { return (((const uint32_t *)mutex)[mutex_word] & mutex_bit) != 0; }
static bool rwlock_is_shared(const void *lock) { return (((const uint32_t *)lock)[rwlock_word] & rwlock_bit) != 0; }

/** In real mode: another date, the same wait. */
static struct timespec real_time(clockid_t id, const struct timespec *at) {
  return leap != NULL && id == CLOCK_REALTIME ? clock_real_date(at) : *at;
}

EXPORT int pthread_mutex_clocklock(pthread_mutex_t *mutex, clockid_t id, const struct timespec *at) {
  REAL(pthread_mutex_clocklock);
  if (on_clock()) return lock_until(try_mutex, mutex, mutex_is_shared(mutex), id, at);
  const struct timespec date = real_time(id, at);
  return real(mutex, id, &date);
}
EXPORT int pthread_mutex_timedlock(pthread_mutex_t *mutex, const struct timespec *at) {
  return pthread_mutex_clocklock(mutex, CLOCK_REALTIME, at);
}
EXPORT int pthread_rwlock_clockrdlock(pthread_rwlock_t *lock, clockid_t id, const struct timespec *at) {
  REAL(pthread_rwlock_clockrdlock);
  if (on_clock()) return lock_until(try_to_read, lock, rwlock_is_shared(lock), id, at);
  const struct timespec date = real_time(id, at);
  return real(lock, id, &date);
}
EXPORT int pthread_rwlock_timedrdlock(pthread_rwlock_t *lock, const struct timespec *at) {
  return pthread_rwlock_clockrdlock(lock, CLOCK_REALTIME, at);
}
EXPORT int pthread_rwlock_clockwrlock(pthread_rwlock_t *lock, clockid_t id, const struct timespec *at) {
  REAL(pthread_rwlock_clockwrlock);
  if (on_clock()) return lock_until(try_to_write, lock, rwlock_is_shared(lock), id, at);
  const struct timespec date = real_time(id, at);
  return real(lock, id, &date);
}
EXPORT int pthread_rwlock_timedwrlock(pthread_rwlock_t *lock, const struct timespec *at) {
  return pthread_rwlock_clockwrlock(lock, CLOCK_REALTIME, at);
}

EXPORT int pthread_mutex_unlock(pthread_mutex_t *mutex) {
  REAL(pthread_mutex_unlock);
  const int error = real(mutex);
  if (atomic_load(&waiting) != 0) unpark(mutex, 1);
  return error;
}
EXPORT int pthread_rwlock_unlock(pthread_rwlock_t *lock) {
  REAL(pthread_rwlock_unlock);
  const int error = real(lock);
  if (atomic_load(&waiting) != 0) unpark(lock, INT32_MAX);
  return error;
}
