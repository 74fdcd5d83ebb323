/* Wakes threads and shows timers. A thread counts as running from before it is woken. */
#define _GNU_SOURCE
#include "coordinator.h"
#include <linux/futex.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool is_woken_by_descriptor(uint32_t way) { return way == LEAP_POLLING || way == LEAP_SIGNALS; }

bool wake(int slot) {
  const uint32_t seen = leap->slot[slot].way;
  uint32_t waiting = LEAP_WAITING;
  if (seen == LEAP_UNSEEN || (is_woken_by_descriptor(seen) && !seat_is_current(slot))) return false;
  if (!atomic_compare_exchange_strong(&leap->states[slot], &waiting, LEAP_RUNNING)) return false;
  atomic_fetch_add(&leap->epoch, 1);
  /* As it waits now: it may have woken and begun another wait since we looked. */
  const uint64_t one = 1;
  if (!is_woken_by_descriptor(leap->slot[slot].way)) syscall(SYS_futex, &leap->states[slot], FUTEX_WAKE, 1, NULL, NULL, 0);
  else if (seat_is_current(slot) && write(seats[slot].wake, &one, sizeof one) < 0) return true;
  return true;
}

/** False where the program has set it anew meanwhile. */
static bool show(int index) {
  struct leap_timer *timer = &leap->timers[index];
  const uint64_t owner = timer->owner;
  const int64_t due = timer->due, every = timer->every;
  uint64_t expirations = 1;
  int64_t next = LEAP_NEVER;
  if (every > 0) {
    expirations += (uint64_t)((leap->now - due) / every);
    next = due + (int64_t)expirations * every;
  }
  int64_t expected = due;
  if (!atomic_compare_exchange_strong(&timer->due, &expected, next)) return false;
  if (leap_tid(owner) == -1) {
    kill(leap_pid(owner), SIGALRM);
    leap->signals += 1;
    return true;
  }
  return timer_fds[index] < 0 || write(timer_fds[index], &expirations, sizeof expirations) > 0;
}

struct due wake_due(void) {
  struct due due = {.earliest = LEAP_NEVER};
  const int64_t now = leap->now;
  for (int i = 0; i < LEAP_TIMERS; i += 1) {
    if (leap->timers[i].owner == 0) continue;
    if (leap->timers[i].due <= now) due.woken = show(i) || due.woken;
    if (leap->timers[i].due < due.earliest) due.earliest = leap->timers[i].due;
  }
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    if (leap->states[i] != LEAP_WAITING || process_is_stopped(leap_pid(leap->slot[i].owner))) continue;
    const int64_t deadline = leap->slot[i].deadline;
    if (deadline <= now && leap->mode != LEAP_MODE_FREE) {
      due.woken = wake((int)i) || due.woken;
    } else if (deadline < due.earliest) due.earliest = deadline;
  }
  return due;
}
