/*
 * A thread's place in the shared memory: how it gets one, begins to wait, resumes, and leaves. What stands for a thread or
 * process that is only about to start is a reserved slot that counts as running, so that time cannot leap over its start.
 * How a thread sleeps physically is wait.c and park.c.
 */
#define _GNU_SOURCE
#include "slot.h"
#include "life.h"
#include "thread.h"
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

__thread int my_slot SHARED_WORDS = -1;
static pthread_key_t ending;
static pthread_once_t ending_once = PTHREAD_ONCE_INIT;
/** Destructors run in rounds; a slot is given back in the last, as those of others may still wait. */
static __thread int ending_round SHARED_WORDS;

static int own_pid(void) { return (int)kernel(SYS_getpid); }
static int own_tid(void) { return (int)kernel(SYS_gettid); }

void slot_kick(void) {
  atomic_fetch_add(&leap->kick, 1);
  if (atomic_load(&leap->asleep)) futex_wake(&leap->kick, 1);
}

void slot_signalled(void) {
  if (!on_clock()) return;
  atomic_fetch_add(&leap->signals, 1);
  slot_kick();
}

void slot_kick_if_due(int64_t now) {
  int64_t due = atomic_load_explicit(&leap->next_due, memory_order_relaxed);
  if (now < due) return;
  /* Once is enough: the coordinator says anew what is next. */
  if (atomic_compare_exchange_strong(&leap->next_due, &due, LEAP_NEVER)) slot_kick();
}

static bool anyone_runs(void) {
  const uint32_t slots = atomic_load(&leap->slots);
  for (uint32_t i = 0; i < slots; i += 1)
    if (leap_runs(atomic_load(&leap->states[i]))) return true;
  return false;
}

static int reserve(void) {
  for (int i = 0; i < LEAP_SLOTS; i += 1) {
    /* The owner comes first and goes last: a slot is never somebody's and nobody's at once. */
    uint64_t nobody = 0;
    if (!atomic_compare_exchange_strong(&leap->slot[i].owner, &nobody, leap_owner(own_pid(), 0))) continue;
    atomic_store(&leap->slot[i].deadline, LEAP_NEVER);
    atomic_store(&leap->slot[i].woke_ns, 0);
    atomic_store(&leap->slot[i].way, LEAP_PARKED);
    atomic_store(&leap->slot[i].certain, 0);
    atomic_store(&leap->slot[i].group, leap_group_index);
    atomic_store(&leap->states[i], LEAP_RUNNING);
    uint32_t slots = atomic_load(&leap->slots);
    while (slots < (uint32_t)i + 1 && !atomic_compare_exchange_weak(&leap->slots, &slots, (uint32_t)i + 1)) continue;
    return i;
  }
  return -1;
}

int slot_reserve(void) {
  /* Those of threads that have ended are free when the coordinator has seen it. */
  enum { TRIES = 20000, TRY_NS = 100000 };
  const struct timespec moment = {.tv_nsec = TRY_NS};
  int slot = reserve();
  for (int i = 0; slot < 0 && i < TRIES; i += 1) {
    slot_kick();
    kernel(SYS_nanosleep, &moment, NULL);
    slot = reserve();
  }
  if (slot >= 0) return slot;
  static const char message[] = "Firedrill's clock has room for 4096 threads, and this run has more. Use --time real.\n";
  kernel(SYS_write, 2, message, sizeof message - 1);
  kernel(SYS_exit_group, LEAP_EXIT_ORPHANED);
  return -1;
}

void slot_release(int slot, uint64_t owner) {
  if (atomic_load(&leap->slot[slot].owner) != owner) return;
  atomic_store(&leap->states[slot], LEAP_UNUSED);
  atomic_compare_exchange_strong(&leap->slot[slot].owner, &owner, 0);
  atomic_fetch_add(&leap->epoch, 1);
  if (!anyone_runs()) slot_kick();
}

static void leave(void *unused) {
  if (ending_round < PTHREAD_DESTRUCTOR_ITERATIONS - 1) {
    ending_round += 1;
    pthread_setspecific(ending, unused);
    return;
  }
  if (my_slot < 0) return;
  clock_publish();
  thread_ending();
  const int slot = my_slot;
  my_slot = -1;
  set_close();
  atomic_store(&leap->slot[slot].way, LEAP_ENDING);
  slot_kick();
}
static void make_key(void) { pthread_key_create(&ending, leave); }

void slot_take(int slot) {
  my_slot = slot;
  atomic_store(&leap->slot[slot].owner, leap_owner(own_pid(), own_tid()));
  atomic_store(&leap->slot[slot].group, leap_group_index);
  thread_begun();
  clock_woken();
  pthread_once(&ending_once, make_key);
  pthread_setspecific(ending, leap);
}

void slot_join(void) {
  life_tie();
  kernel(SYS_prctl, PR_SET_PTRACER, leap->coordinator);
  message_send(LEAP_HELLO, (int)leap_group_index, "", NULL, 0);
}

/** The slot in which the process that started this one made it count, if it has got there by now. */
static int started_slot(void) {
  const uint64_t reserved = leap_owner(own_pid(), 0);
  const uint32_t slots = atomic_load(&leap->slots);
  for (uint32_t i = 0; i < slots; i += 1)
    if (atomic_load(&leap->slot[i].owner) == reserved) return (int)i;
  return -1;
}

void slot_enroll(void) {
  if (my_slot >= 0) return;
  slot_take(slot_reserve());
}

void slot_enroll_process(void) {
  /* After an exec: the slots of the program that stood here before; one of them may be kept, so that it always counts. */
  const int pid = own_pid();
  const uint32_t slots = atomic_load(&leap->slots);
  int kept = started_slot();
  for (uint32_t i = 0; i < slots; i += 1) {
    const uint64_t owner = atomic_load(&leap->slot[i].owner);
    if (leap_pid(owner) != pid || (int)i == kept) continue;
    if (kept < 0 && atomic_load(&leap->states[i]) == LEAP_RUNNING) kept = (int)i;
    else slot_release((int)i, owner);
  }
  slot_take(kept >= 0 ? kept : slot_reserve());
  /* Whoever started us may have named our slot only now. */
  const int late = started_slot();
  if (late >= 0) slot_release(late, leap_owner(pid, 0));
}

int slot_replaced(void) {
  /* The kernel ends the other threads, and gives a thread that is not the first the first one's number. */
  if (my_slot < 0 || own_tid() == own_pid()) return -1;
  clock_publish();
  atomic_store(&leap->slot[my_slot].owner, leap_owner(own_pid(), 0));
  return my_slot;
}

void slot_not_replaced(int slot) {
  if (slot >= 0) atomic_store(&leap->slot[slot].owner, leap_owner(own_pid(), own_tid()));
}

void slot_started(int slot, int pid) {
  uint64_t ours = leap_owner(own_pid(), 0);
  if (!atomic_compare_exchange_strong(&leap->slot[slot].owner, &ours, leap_owner(pid, 0))) return;
  const uint32_t slots = atomic_load(&leap->slots);
  for (uint32_t i = 0; i < slots; i += 1) {
    const uint64_t owner = atomic_load(&leap->slot[i].owner);
    if (leap_pid(owner) == pid && leap_tid(owner) != 0) {
      slot_release(slot, leap_owner(pid, 0));
      return;
    }
  }
}

void slot_forked(int reserved, int parent) {
  my_slot = -1;
  /* The parent may be dead by now, and what was reserved given back. */
  const uint64_t owner = reserved >= 0 ? atomic_load(&leap->slot[reserved].owner) : 0;
  const bool ours = owner == leap_owner(parent, 0) || owner == leap_owner(own_pid(), 0);
  slot_take(ours ? reserved : slot_reserve());
}

bool slot_begin(enum leap_way way, int64_t deadline) {
  slot_enroll();
  clock_publish();
  struct leap_slot *slot = &leap->slot[my_slot];
  uint32_t running = LEAP_RUNNING;
  atomic_store_explicit(&slot->way, way, memory_order_relaxed);
  atomic_store_explicit(&slot->deadline, deadline, memory_order_relaxed);
  atomic_store_explicit(&slot->woke_ns, 0, memory_order_relaxed);
  atomic_fetch_add(&leap->epoch, 1);
  if (!atomic_compare_exchange_strong(&leap->states[my_slot], &running, LEAP_WAITING)) {
    atomic_store(&leap->states[my_slot], LEAP_RUNNING);
    return false;
  }
  if (deadline < atomic_load(&leap->next_due) || !anyone_runs()) slot_kick();
  return true;
}

enum leap_way slot_pause(void) {
  uint32_t waiting = LEAP_WAITING;
  if (!on_clock() || my_slot < 0) return LEAP_PARKED;
  const enum leap_way way = atomic_load(&leap->slot[my_slot].way);
  if (leap->mode == LEAP_MODE_FREE || !atomic_compare_exchange_strong(&leap->states[my_slot], &waiting, LEAP_RUNNING))
    return LEAP_PARKED;
  atomic_fetch_add(&leap->epoch, 1);
  clock_woken();
  return way;
}

void slot_unpause(enum leap_way way) {
  /* The library's own waits end with EINTR; the kernel may take up again those that are its own. */
  if (way == LEAP_UNSEEN) slot_begin(LEAP_UNSEEN, LEAP_NEVER);
}

bool slot_is_waiting(void) { return atomic_load(&leap->states[my_slot]) == LEAP_WAITING; }

bool slot_resume(void) {
  uint32_t waiting = LEAP_WAITING;
  if (leap->mode == LEAP_MODE_FREE && slot_is_waiting()) wait_for_turn();
  const bool by_kernel = atomic_compare_exchange_strong(&leap->states[my_slot], &waiting, LEAP_RUNNING);
  atomic_fetch_add(&leap->epoch, 1);
  clock_woken();
  return !by_kernel;
}

void slot_unpark(int slot) {
  for (;;) {
    uint32_t state = LEAP_WAITING;
    if (atomic_compare_exchange_strong(&leap->states[slot], &state, LEAP_RUNNING)) {
      atomic_fetch_add(&leap->epoch, 1);
      wait_wake(slot);
      return;
    }
    if (state != LEAP_RUNNING || atomic_compare_exchange_strong(&leap->states[slot], &state, LEAP_NOTIFIED)) return;
  }
}

void slot_forget_notice(void) {
  uint32_t notified = LEAP_NOTIFIED;
  atomic_compare_exchange_strong(&leap->states[my_slot], &notified, LEAP_RUNNING);
}

void slot_heartbeat(void) {
  if (message_arrives()) return;
  static const char message[] = "Firedrill's clock is gone: its coordinator has ended, so this process ends too.\n";
  kernel(SYS_write, 2, message, sizeof message - 1);
  kernel(SYS_exit_group, LEAP_EXIT_ORPHANED);
}
