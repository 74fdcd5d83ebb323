/*
 * A place in the process's memory where threads wait for each other: condition variables, semaphores and futexes asked for
 * by hand all come down to "wait at this address". Whoever wakes a thread counts it as running first, so the coordinator
 * needs no look at /proc for a thread pool. Not covered: what other processes wake (see sync.c), and locks inside libc.
 */
#define _GNU_SOURCE
#include "wait.h"
#include <pthread.h>

struct parked {
  struct parked *next;
  void *_Atomic address;
  int slot;
  uint32_t bits;
  bool queued;
};

struct place {
  _Alignas(64) _Atomic uint32_t lock; /* 0 free, 1 taken, 2 taken and waited for */
  _Atomic uint32_t count;
  struct parked *first, *last;
};

enum { PLACES = 512 };
static struct place places[PLACES];
/** This thread has a place locked: what a signal's handler wakes meanwhile waits until it is unlocked. */
static __thread struct place *mine SHARED_WORDS;
static __thread void *deferred[8] SHARED_WORDS;
static __thread int deferred_count SHARED_WORDS;

static struct place *place_of(const void *address) {
  uintptr_t hash = (uintptr_t)address >> 2;
  hash ^= hash >> 9 ^ hash >> 18;
  return &places[hash % PLACES];
}

static void lock(struct place *place) {
  uint32_t expected = 0;
  mine = place;
  atomic_signal_fence(memory_order_seq_cst);
  if (atomic_compare_exchange_strong(&place->lock, &expected, 1)) return;
  while (atomic_exchange(&place->lock, 2) != 0) futex_wait(&place->lock, 2, NULL);
}

static void free_lock(struct place *place) {
  if (atomic_exchange(&place->lock, 0) == 2) futex_wake(&place->lock, 1);
}

static void unlock(struct place *place) {
  free_lock(place);
  atomic_signal_fence(memory_order_seq_cst);
  mine = NULL;
  while (deferred_count > 0) unpark(deferred[--deferred_count], 1);
}

static void append(struct place *place, struct parked *one) {
  one->next = NULL;
  one->queued = true;
  if (place->last != NULL) place->last->next = one;
  else place->first = one;
  place->last = one;
  atomic_fetch_add(&place->count, 1);
}

static void take_out(struct place *place, struct parked *one) {
  struct parked *before = NULL;
  for (struct parked *each = place->first; each != NULL; before = each, each = each->next) {
    if (each != one) continue;
    if (before != NULL) before->next = one->next;
    else place->first = one->next;
    if (place->last == one) place->last = before;
    one->queued = false;
    atomic_fetch_sub(&place->count, 1);
    return;
  }
}

/** Wakes one that is parked here. Under the lock, which it takes before it goes on: its slot cannot mean another wait yet. */
static void wake_one(struct place *place, struct parked *one) {
  const int slot = one->slot;
  take_out(place, one);
  slot_unpark(slot);
}

int unpark_bits(void *address, int how_many, uint32_t bits) {
  struct place *place = place_of(address);
  if (mine != NULL) {
    if (deferred_count < 8) deferred[deferred_count++] = address;
    return 0;
  }
  atomic_thread_fence(memory_order_seq_cst);
  if (atomic_load(&place->count) == 0) return 0;
  clock_publish();
  int woken = 0;
  lock(place);
  for (struct parked *each = place->first, *next; each != NULL && woken < how_many; each = next) {
    next = each->next;
    if (each->address != address || (each->bits & bits) == 0) continue;
    wake_one(place, each);
    woken += 1;
  }
  unlock(place);
  return woken;
}
int unpark(void *address, int how_many) { return unpark_bits(address, how_many, UINT32_MAX); }

int unpark_requeue(void *from, int how_many, void *to, int how_many_more) {
  struct place *source = place_of(from), *target = place_of(to);
  int woken = 0, moved = 0;
  if (from == to || mine != NULL) return unpark(from, how_many);
  clock_publish();
  /* In the order of their addresses, so that two who do so do not wait for each other. */
  if (source < target) lock(source);
  lock(target);
  if (source > target) lock(source);
  for (struct parked *each = source->first, *next; each != NULL && woken + moved < how_many + how_many_more; each = next) {
    next = each->next;
    if (each->address != from) continue;
    if (woken < how_many) {
      wake_one(source, each);
      woken += 1;
      continue;
    }
    take_out(source, each);
    atomic_store(&each->address, to);
    append(target, each);
    moved += 1;
  }
  if (source != target) free_lock(source);
  unlock(target);
  return woken + moved;
}

/** On its own state as a futex, until that no longer says that it waits; -EINTR where a handler has run. */
static long sleep_parked(bool cancellable) {
  const struct timespec heartbeat = {.tv_sec = LEAP_HEARTBEAT_S};
  while (slot_is_waiting()) {
    if (cancellable && thread_is_cancelled()) return -ECANCELED;
    const long error = futex_wait(&leap->states[my_slot], LEAP_WAITING, &heartbeat);
    if (error == -EINTR) return error;
    if (error == -ETIMEDOUT) slot_heartbeat();
  }
  return wait_is_handled() ? -EINTR : 0;
}

/** Locks the place where it is parked now, which may change while nobody has that locked. */
static struct place *lock_place_of(struct parked *me) {
  for (;;) {
    struct place *place = place_of(atomic_load(&me->address));
    lock(place);
    if (place == place_of(atomic_load(&me->address))) return place;
    unlock(place);
  }
}

enum park_end park(void *address, int64_t deadline, const struct park_options *options) {
  slot_enroll();
  const bool cancellable = (options->rules & WAIT_CANCELLABLE) != 0;
  struct place *place = place_of(address);
  struct parked me = {.address = address, .slot = my_slot, .bits = options->bits == 0 ? UINT32_MAX : options->bits};
  lock(place);
  append(place, &me);
  atomic_thread_fence(memory_order_seq_cst);
  if (options->holds != NULL && !options->holds(options->argument)) {
    take_out(place, &me);
    unlock(place);
    return PARK_REFUSED;
  }
  unlock(place);
  if (options->asleep != NULL) options->asleep(options->argument);
  wait_clear_interrupted();
  for (;;) {
    wait_clear_handled();
    const long error = slot_begin(LEAP_PARKED, deadline) ? sleep_parked(cancellable) : 0;
    slot_resume();
    place = lock_place_of(&me);
    enum park_end end = PARK_TIMEOUT;
    bool done = true;
    if (!me.queued) end = PARK_WOKEN;
    else if (clock_is_past(deadline)) end = PARK_TIMEOUT;
    else if (cancellable && thread_is_cancelled()) end = PARK_CANCELLED;
    else if (error == -EINTR && wait_ends_by_signal(options->rules, deadline)) end = PARK_INTERRUPTED;
    else done = false;
    if (done && me.queued) take_out(place, &me);
    /* A notice for a wait that is over is for no other. */
    slot_forget_notice();
    unlock(place);
    if (done) return end;
  }
}

bool wait_ends_by_signal(unsigned rules, int64_t deadline) {
  return (rules & WAIT_BY_SIGNAL) != 0 && (deadline != LEAP_NEVER || wait_is_interrupted());
}

int wait_until(int64_t deadline, unsigned rules) {
  const bool cancellable = (rules & WAIT_CANCELLABLE) != 0;
  if (cancellable) thread_cancellation_point();
  while (!clock_is_past(deadline)) {
    wait_clear_handled();
    const long error = slot_begin(LEAP_PARKED, deadline) ? sleep_parked(cancellable) : 0;
    slot_resume();
    if (cancellable) thread_cancellation_point();
    if (error == -EINTR && (rules & WAIT_BY_SIGNAL) != 0) return -EINTR;
  }
  return 0;
}

void park_forked(void) {
  for (int i = 0; i < PLACES; i += 1) {
    atomic_store(&places[i].lock, 0);
    atomic_store(&places[i].count, 0);
    places[i].first = places[i].last = NULL;
  }
  mine = NULL;
  deferred_count = 0;
}
