/*
 * The clock goes on by the CPU of whoever computes, also where he reads no clock. A process's CPU is exact and costs one
 * call, so a process with one computing thread is followed by that; where others
 * compute beside it, no further than the kernel's own record of the thread allows, which is as old as its last tick.
 */
#define _GNU_SOURCE
#include "coordinator.h"
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/** The kernel's record of a thread that runs may be older than now by a tick, which is 10 ms at the most. */
enum { TICK_NS = 4000000, FIRST_LOOK_NS = 300000 };

static int64_t process_cpu(int pid) {
  /* As clock_getcpuclockid says it, which asks the kernel once more. */
  const clockid_t id = (clockid_t)(~(unsigned)pid << 3 | 2);
  struct timespec t;
  return clock_gettime(id, &t) != 0 ? -1 : t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int64_t thread_cpu(int slot) {
  const int fd = schedstat_of(slot);
  char text[64];
  const ssize_t size = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, 0);
  if (size <= 0) return -1;
  text[size] = 0;
  return atoll(text);
}

/** From here on the thread is followed; what it computed while the clock was held takes no time. */
static void begin_to_follow(int slot, int64_t woke, int64_t own, int64_t process) {
  const struct leap_slot *shared = &leap->slot[slot];
  struct seat *seat = &seats[slot];
  const bool released = seat->releases != leap->releases;
  const int64_t since = own - shared->cpu_ns;
  seat->woke_ns = woke;
  seat->releases = leap->releases;
  seat->base_ns = released ? leap->now : woke + (since > 0 ? since : 0);
  seat->base_own = own;
  seat->base_process = process;
}

/** How far this thread has got on the clock, 0 where that is not known yet. */
static int64_t reached(int slot) {
  struct seat *seat = &seats[slot];
  const uint64_t owner = leap->slot[slot].owner;
  const int pid = leap_pid(owner), tid = leap_tid(owner);
  const int64_t woke = leap->slot[slot].woke_ns;
  if (woke == 0 || tid <= 0) return 0;
  if (seat->first_look == 0 || seat->looked_woke != woke) {
    /* Most are done before a second look, and a look costs more than they do. */
    seat->first_look = wall_ns();
    seat->looked_woke = woke;
    return 0;
  }
  if (wall_ns() - seat->first_look < FIRST_LOOK_NS) return 0;
  const int64_t own = thread_cpu(slot), process = process_cpu(pid);
  if (own < 0 || process < 0) return 0;
  if (seat->woke_ns != woke || seat->releases != leap->releases) begin_to_follow(slot, woke, own, process);
  const int64_t recorded = own - seat->base_own, all = process - seat->base_process;
  return seat->base_ns + (all < recorded + TICK_NS ? (all > recorded ? all : recorded) : recorded + TICK_NS);
}

bool follow(void) {
  bool moved = false;
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    if (!leap_runs(leap->states[i]) || leap->groups[leap->slot[i].group].free_cpu) continue;
    int64_t time = reached((int)i);
    if (!leap_runs(leap->states[i])) continue;
    if (time > leap->hold_at) time = leap->hold_at;
    int64_t now = leap->now;
    while (time > now && !moved) moved = atomic_compare_exchange_weak(&leap->now, &now, time);
  }
  return moved;
}
