/* What the soak's threads share: see main.c. */
#ifndef SOAK_H
#define SOAK_H

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { PROCESSES = 4, THREADS = 50, PARTNERS = 10, KINDS = 16 };

struct counts {
  _Atomic int64_t waits, early, latest_us, late, handed, taken;
  _Atomic int64_t by_kind[KINDS];
};
/** In memory that all four processes share. */
struct arena {
  struct counts counts;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  sem_t semaphores[PARTNERS];
  _Atomic uint32_t words[PARTNERS];
  int stored, room;
};
extern struct arena *arena;
extern int64_t end_ns, bound_ns;

int64_t now_ns(void);
struct timespec timespec_of(int64_t ns);
/** The next number of a thread's own sequence, below `most`. */
uint64_t draw(uint64_t *seed, uint64_t most);
/** Waits in some way until then, by itself. */
void wait_somehow(uint64_t *seed, int64_t due);
/** A wait that was to end at `due` has. */
void ended(int kind, int64_t due);
/** Threads that wake each other, in pairs: one gives, the other takes what it gives. */
void *give(void *number);
void *take(void *number);

#endif
