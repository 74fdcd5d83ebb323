/*
 * The coordinator of one run's clock. While anybody computes it follows; the moment all wait it moves the clock to the
 * earliest deadline and wakes who is due. Arguments: the start's date (ns since 1970), the mode, the run's mark, and the
 * groups whose CPU is free. It is started, and ended, by leap/clock.ts.
 */
#define _GNU_SOURCE
#include "coordinator.h"
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/** How long the coordinator sleeps where nothing calls it: before it looks whether who runs is on a core. */
enum { LOOK_NS = 1000000, LOOK_NS_MAX = 8000000, READY_NS = 200000, ENDING_NS = 50000 };

static void sleep_until_kicked(uint32_t kick, int64_t ns) {
  struct timespec t = {.tv_sec = ns / 1000000000LL, .tv_nsec = ns % 1000000000LL};
  atomic_store(&leap->asleep, 1);
  if (leap->kick == kick && !control_pending())
    syscall(SYS_futex, &leap->kick, FUTEX_WAIT, kick, ns == LEAP_NEVER ? NULL : &t, NULL, 0);
  atomic_store(&leap->asleep, 0);
}

struct crowd {
  int running;  /* threads that run, without those seen asleep and those of stopped processes */
  int outside;  /* of these: wait for something outside the clock */
};

static struct crowd crowd(bool look) {
  struct crowd all = {0};
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    if (!leap_runs(leap->states[i])) {
      seats[i].asleep = false;
      continue;
    }
    if (process_is_stopped(leap_pid(leap->slot[i].owner)) || (seats[i].asleep && !look)) continue;
    const enum sight sight = look ? look_at((int)i) : SIGHT_COMPUTES;
    if (sight == SIGHT_GONE) thread_gone((int)i, seats[i].owner);
    else if (sight == SIGHT_STOPPED) processes_look_for_stopped();
    else if (sight == SIGHT_OUTSIDE) all.outside += 1;
    if (sight == SIGHT_COMPUTES || sight == SIGHT_WAITS || sight == SIGHT_OUTSIDE) all.running += 1;
  }
  return all;
}

/** The wall's time up to which the clock has gone on with it, for something outside; 0 while it does not. */
static int64_t paced_to;

/** Time goes on as the wall's, up to the next deadline. */
static void pace(int64_t earliest) {
  const int64_t wall = wall_ns();
  int64_t step = paced_to == 0 ? 0 : wall - paced_to;
  const int64_t end = earliest < leap->hold_at ? earliest : leap->hold_at;
  if (step > end - leap->now) step = end - leap->now;
  paced_to = wall;
  if (step <= 0) return;
  atomic_fetch_add(&leap->now, step);
  counts.outside_ns += step;
}

static void leap_to(int64_t time) {
  if (time > leap->hold_at) time = leap->hold_at;
  const int64_t step = time - leap->now;
  if (step <= 0) return;
  leap->now = time;
  counts.leaps += 1;
  counts.leapt_ns += step;
}

/** Threads that end run until they are gone; true while one is not. */
static bool any_ending(void) {
  bool any = false;
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    if (!leap_runs(leap->states[i]) || leap->slot[i].way != LEAP_ENDING) continue;
    if (look_at((int)i) == SIGHT_GONE) thread_gone((int)i, seats[i].owner);
    else any = true;
  }
  return any;
}

/** Somebody computes: follows, wakes who is due, and looks now and then whether he really does. */
static void while_computing(uint32_t kick) {
  static uint64_t epoch;
  static uint32_t signals;
  static int64_t looked_at, look_ns = LOOK_NS;
  if (leap->signals != signals) {
    signals = leap->signals;
    processes_look_for_stopped();
  }
  /* Whoever begins to wait from here on calls, until what is said below is next. */
  atomic_store(&leap->next_due, LEAP_NEVER);
  const bool moved = follow();
  const struct due due = wake_due();
  const int64_t wall = wall_ns();
  if (moved || leap->epoch != epoch) {
    epoch = leap->epoch;
    looked_at = wall;
    paced_to = 0;
    look_ns = LOOK_NS;
  } else if (wall - looked_at >= look_ns) {
    const struct crowd all = crowd(true);
    looked_at = wall_ns();
    if (all.running == 0) return;
    if (all.outside == all.running) {
      pace(due.earliest);
      look_ns = LOOK_NS;
    } else {
      paced_to = 0;
      if (look_ns < LOOK_NS_MAX) look_ns *= 2;
    }
  }
  if (any_ending()) {
    sleep_until_kicked(kick, ENDING_NS);
    return;
  }
  const int64_t until_due = due.earliest == LEAP_NEVER ? look_ns : due.earliest - leap->now;
  atomic_store(&leap->next_due, due.earliest);
  if (until_due <= 0 && leap->mode != LEAP_MODE_FREE) return;
  sleep_until_kicked(kick, until_due > 0 && until_due < look_ns ? until_due : look_ns);
}

/** Somebody is about to run: he has something to read, or the kernel has woken him. */
static void let_run(uint32_t kick) {
  counts.not_quiet += 1;
  paced_to = 0;
  const int64_t before = wall_ns();
  sleep_until_kicked(kick, READY_NS);
  /* What is ready and does not run may be stopped. */
  if (wall_ns() - before >= READY_NS) processes_look_for_stopped();
}

/** Nobody runs: gives a turn, leaps, or waits for what is outside. */
static void while_waiting(uint32_t kick) {
  static int64_t stopped_looked_at;
  atomic_store(&leap->next_due, LEAP_NEVER);
  const uint64_t epoch = leap->epoch;
  if (any_stopped() && wall_ns() - stopped_looked_at > LOOK_NS) {
    processes_look_for_stopped();
    stopped_looked_at = wall_ns();
  }
  const enum quiet quiet = look_for_quiet(epoch);
  if (quiet == NOT_QUIET) return let_run(kick);
  if (leap->mode == LEAP_MODE_FREE && give_turn()) return;
  const struct due due = wake_due();
  if (due.woken || due.earliest <= leap->now) return;
  if (leap->now >= leap->hold_at) {
    control_reached();
    sleep_until_kicked(kick, LEAP_NEVER);
    return;
  }
  if (quiet == QUIET_OUTSIDE) {
    pace(due.earliest);
    const int64_t left = due.earliest - leap->now;
    if (left > 0) sleep_until_kicked(kick, left < LOOK_NS ? left : LOOK_NS);
    return;
  }
  paced_to = 0;
  if (due.earliest == LEAP_NEVER && leap->hold_at == LEAP_NEVER) {
    sleep_until_kicked(kick, any_stopped() ? LOOK_NS : LEAP_NEVER);
    return;
  }
  leap_to(due.earliest);
  wake_due();
}

int main(int count, char **arguments) {
  if (count != 5) {
    fprintf(stderr, "This program is part of Firedrill, which starts it.\n");
    return 64;
  }
  signal(SIGINT, SIG_IGN);
  signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_TIMERSLACK, 1);
  prctl(PR_SET_NAME, "firedrill-clock");
  /* All waits for it; where that is allowed, it goes first. */
  setpriority(PRIO_PROCESS, 0, -20);
  struct rlimit files;
  if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }
  const int memory = memory_create();
  leap->monotonic_start = wall_ns();
  leap->date_start = atoll(arguments[1]);
  leap->mode = strcmp(arguments[2], "free") == 0   ? LEAP_MODE_FREE
               : strcmp(arguments[2], "real") == 0 ? LEAP_MODE_REAL
                                                   : LEAP_MODE_LEAP;
  leap->now = leap->monotonic_start;
  leap->hold_at = leap->monotonic_start;
  for (int i = 0; i < LEAP_GROUPS; i += 1)
    leap->groups[i].free_cpu = leap->mode == LEAP_MODE_FREE || strchr(arguments[4], '0' + i) != NULL;
  leap->magic = LEAP_MAGIC;
  processes_tie();
  control_start(memory, arguments[3]);
  for (;;) {
    const uint32_t kick = leap->kick;
    if (control_pending() && !control_serve()) break;
    if (leap->mode == LEAP_MODE_REAL) {
      sleep_until_kicked(kick, LEAP_NEVER);
      continue;
    }
    if (leap->handed != control_handed() && !control_serve()) break;
    if (crowd(false).running > 0) while_computing(kick);
    else while_waiting(kick);
  }
  processes_kill();
  return 0;
}
