/* Pairs across processes and within: what one gives, the other takes, neither lost nor taken twice. */
#define _GNU_SOURCE
#include "soak.h"
#include <linux/futex.h>
#include <limits.h>
#include <sys/syscall.h>
#include <unistd.h>

static void nap(uint64_t *seed) {
  const int64_t due = now_ns() + 1000000 + (int64_t)draw(seed, 20000000000);
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &(struct timespec[]){timespec_of(due)}[0], NULL);
  ended(KINDS - 1, due);
}

/** One of each three is a semaphore, a counter behind a futex, or the condition that all of the third kind share. */
void *give(void *number) {
  const int mine = (int)(intptr_t)number;
  uint64_t seed = 7000 + (uint64_t)mine;
  while (now_ns() < end_ns) {
    nap(&seed);
    atomic_fetch_add(&arena->counts.handed, 1);
    if (mine % 3 == 0) sem_post(&arena->semaphores[mine]);
    else if (mine % 3 == 1) {
      atomic_fetch_add(&arena->words[mine], 1);
      syscall(SYS_futex, &arena->words[mine], FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
    } else {
      pthread_mutex_lock(&arena->mutex);
      arena->stored += 1;
      pthread_cond_signal(&arena->cond);
      pthread_mutex_unlock(&arena->mutex);
    }
  }
  return NULL;
}

static void take_stored(const struct timespec *last) {
  for (bool over = false; !over;) {
    pthread_mutex_lock(&arena->mutex);
    while (arena->stored == 0 && !over) over = pthread_cond_timedwait(&arena->cond, &arena->mutex, last) != 0;
    atomic_fetch_add(&arena->counts.taken, arena->stored);
    arena->stored = 0;
    pthread_mutex_unlock(&arena->mutex);
  }
}

void *take(void *number) {
  const int mine = (int)(intptr_t)number;
  /* Whoever gives does so for the last time at most 20 s after the end. */
  const struct timespec last = timespec_of(end_ns + 30000000000);
  uint32_t seen = 0;
  if (mine % 3 == 2) take_stored(&last);
  else if (mine % 3 == 0)
    while (sem_clockwait(&arena->semaphores[mine], CLOCK_MONOTONIC, &last) == 0) atomic_fetch_add(&arena->counts.taken, 1);
  else
    for (;;) {
      const uint32_t is = atomic_load(&arena->words[mine]);
      atomic_fetch_add(&arena->counts.taken, is - seen);
      if (is == seen && now_ns() >= end_ns + 30000000000) break;
      seen = is;
      syscall(SYS_futex, &arena->words[mine], FUTEX_WAIT_BITSET, is, &last, NULL, ~0U);
    }
  return NULL;
}
