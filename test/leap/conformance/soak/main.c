/*
 * `soak SEED SECONDS BOUND_MS`: 200 threads in four processes, each with waits of random kinds and lengths after each other,
 * a tenth of them pairs that wake each other across processes. Says how many waits there were, how many ended early, how late
 * the latest was and how many were later than the bound, and whether what was given was taken.
 */
#define _GNU_SOURCE
#include "soak.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct arena *arena;
int64_t end_ns, bound_ns;
static uint64_t seed_of_run;

int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}
struct timespec timespec_of(int64_t ns) {
  if (ns < 0) ns = 0;
  return (struct timespec){.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000};
}
uint64_t draw(uint64_t *seed, uint64_t most) {
  *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
  return (*seed >> 11) % most;
}

void ended(int kind, int64_t due) {
  const int64_t late = now_ns() - due;
  struct counts *counts = &arena->counts;
  atomic_fetch_add(&counts->waits, 1);
  atomic_fetch_add(&counts->by_kind[kind], 1);
  if (late < 0) {
    atomic_fetch_add(&counts->early, 1);
    fprintf(stderr, "a wait of kind %d ended early by %lld us\n", kind, (long long)-late / 1000);
  }
  if (late > bound_ns) atomic_fetch_add(&counts->late, 1);
  int64_t latest = atomic_load(&counts->latest_us);
  while (late / 1000 > latest && !atomic_compare_exchange_weak(&counts->latest_us, &latest, late / 1000)) continue;
}

/** Most waits are of some ms, some of minutes. */
static void *wait_on_and_on(void *number) {
  uint64_t seed = seed_of_run * 1000 + (uint64_t)(intptr_t)number;
  while (now_ns() < end_ns) {
    const uint64_t scale = draw(&seed, 5);
    const int64_t most = scale == 0 ? 50000000 : scale < 4 ? 20000000000 : 600000000000;
    int64_t due = now_ns() + 1000000 + (int64_t)draw(&seed, (uint64_t)most);
    wait_somehow(&seed, due);
  }
  return NULL;
}

static void run_process(int process) {
  pthread_t threads[THREADS];
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  for (int i = 0; i < THREADS; i += 1) {
    /* Process 0 gives to 1, 2 gives to 3, and the takers of a number are where its giver is not. */
    const int pair = process / 2 * (PARTNERS / 2) + i;
    void *(*routine)(void *) = i >= PARTNERS / 2 ? wait_on_and_on : process % 2 == 0 ? give : take;
    void *argument = (void *)(intptr_t)(i >= PARTNERS / 2 ? process * THREADS + i : pair);
    if (pthread_create(&threads[i], NULL, routine, argument) != 0) abort();
  }
  for (int i = 0; i < THREADS; i += 1) pthread_join(threads[i], NULL);
}

static void open_arena(void) {
  arena = mmap(NULL, sizeof *arena, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_mutexattr_t mutex;
  pthread_condattr_t cond;
  pthread_mutexattr_init(&mutex);
  pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
  pthread_condattr_init(&cond);
  pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED);
  pthread_condattr_setclock(&cond, CLOCK_MONOTONIC);
  pthread_mutex_init(&arena->mutex, &mutex);
  pthread_cond_init(&arena->cond, &cond);
  for (int i = 0; i < PARTNERS; i += 1) sem_init(&arena->semaphores[i], 1, 0);
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  open_arena();
  seed_of_run = (uint64_t)atoll(arguments[1]);
  end_ns = now_ns() + atoll(arguments[2]) * 1000000000;
  bound_ns = atoll(arguments[3]) * 1000000;
  pid_t children[PROCESSES];
  for (int i = 0; i < PROCESSES; i += 1)
    if ((children[i] = fork()) == 0) {
      run_process(i);
      _exit(0);
    }
  int failed = 0;
  for (int i = 0; i < PROCESSES; i += 1) {
    int status;
    waitpid(children[i], &status, 0);
    failed += status != 0;
  }
  const struct counts *counts = &arena->counts;
  int kinds = 0;
  for (int i = 0; i < KINDS; i += 1) kinds += counts->by_kind[i] > 0;
  printf("{\"waits\":%lld,\"kinds\":%d,\"early\":%lld,\"late\":%lld,\"latestUs\":%lld,\"handed\":%lld,\"taken\":%lld,\"failed\":%d}\n",
         (long long)counts->waits, kinds, (long long)counts->early, (long long)counts->late, (long long)counts->latest_us,
         (long long)counts->handed, (long long)counts->taken, failed);
  return 0;
}
