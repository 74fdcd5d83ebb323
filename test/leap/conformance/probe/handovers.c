/* How threads hand things to each other: conditions, semaphores, a mutex held over a sleep. */
#define _GNU_SOURCE
#include "probe.h"
#include <semaphore.h>
#include <stdlib.h>
#define SUBJECT "handovers"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static sem_t done;
static int64_t begun;

/** Beside whatever a case does: somebody whose next deadline is far, so that a leap at a wrong moment is seen. */
static void *tick(void *unused) {
  for (;;) nap(LONG);
  return unused;
}
static void start_ticker(void) { start(tick, NULL); }

enum { RING = 10, ROUNDS = 30 };
static int turn, passed;
static void *hand_on(void *number) {
  const int mine = (int)(intptr_t)number;
  for (int i = 0; i < ROUNDS; i += 1) {
    pthread_mutex_lock(&mutex);
    while (turn != mine) pthread_cond_wait(&cond, &mutex);
    passed += 1;
    turn = (turn + 1) % RING;
    pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&mutex);
    if (mine == 0) nap(unit / 10);
  }
  return NULL;
}
CASE(a_ring_of_ten) {
  start_ticker();
  begun = now();
  pthread_t threads[RING];
  for (intptr_t i = 0; i < RING; i += 1) threads[i] = start(hand_on, (void *)i);
  for (int i = 0; i < RING; i += 1) join(threads[i]);
  say("%d", passed);
  const int64_t due = begun + ROUNDS * (unit / 10);
  /* Computing counts too: a leap to the ticker would be far more. */
  ended(now() - due < 100 * unit ? (now() < due ? due : now()) : due);
}

static sem_t sides[2];
enum { PASSES = 4000 };
static void *pass(void *side) {
  const int mine = (int)(intptr_t)side;
  for (int i = 0; i < PASSES; i += 1) {
    while (sem_wait(&sides[mine]) != 0) continue;
    sem_post(&sides[1 - mine]);
  }
  return NULL;
}
/** Each is woken at any moment, also just before it begins to wait; a leap would be far more than what all this computes. */
CASE(to_and_fro) {
  start_ticker();
  sem_init(&sides[0], 0, 1);
  sem_init(&sides[1], 0, 0);
  begun = now();
  const pthread_t threads[] = {start(pass, (void *)0), start(pass, (void *)1)};
  join(threads[0]);
  join(threads[1]);
  ended(now() - begun < LONG / 2 ? now() : begun);
}

enum { ITEMS = 400, PRODUCERS = 5, CONSUMERS = 7, ROOM = 8 };
static int stored, produced, consumed;
static pthread_cond_t room = PTHREAD_COND_INITIALIZER;
static void *produce(void *unused) {
  for (;;) {
    nap(unit / 20);
    pthread_mutex_lock(&mutex);
    if (produced == ITEMS) break;
    produced += 1;
    while (stored == ROOM) pthread_cond_wait(&room, &mutex);
    stored += 1;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&mutex);
  }
  pthread_mutex_unlock(&mutex);
  return unused;
}
static void *consume(void *unused) {
  for (;;) {
    pthread_mutex_lock(&mutex);
    while (stored == 0 && consumed < ITEMS) {
      const struct timespec time = at(CLOCK_REALTIME, LONG);
      MUST(pthread_cond_timedwait(&cond, &mutex, &time) == 0);
    }
    if (consumed == ITEMS) break;
    stored -= 1;
    consumed += 1;
    pthread_cond_signal(&room);
    if (consumed == ITEMS) pthread_cond_broadcast(&cond);
    pthread_mutex_unlock(&mutex);
    nap(unit / 10);
  }
  pthread_mutex_unlock(&mutex);
  return unused;
}
CASE(producers_and_consumers) {
  pthread_t threads[PRODUCERS + CONSUMERS];
  for (int i = 0; i < PRODUCERS; i += 1) threads[i] = start(produce, NULL);
  for (int i = 0; i < CONSUMERS; i += 1) threads[PRODUCERS + i] = start(consume, NULL);
  for (int i = 0; i < PRODUCERS + CONSUMERS; i += 1) join(threads[i]);
  say("%d %d %d", produced, consumed, stored);
}

static void *hold(void *unused) {
  pthread_mutex_lock(&mutex);
  sem_post(&done);
  nap(unit);
  pthread_mutex_unlock(&mutex);
  return unused;
}
CASE(a_mutex_held_over_a_sleep) {
  start_ticker();
  sem_init(&done, 0, 0);
  for (int i = 0; i < 3; i += 1) {
    begun = now();
    const pthread_t thread = start(hold, NULL);
    sem_wait(&done);
    pthread_mutex_lock(&mutex);
    ended_after(begun);
    pthread_mutex_unlock(&mutex);
    join(thread);
  }
}
