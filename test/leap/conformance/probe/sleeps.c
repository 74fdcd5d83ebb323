/* Calls that only let time pass. */
#define _GNU_SOURCE
#include "probe.h"
#include <sys/syscall.h>
#include <threads.h>
#include <unistd.h>
#define SUBJECT "sleeps"

CASE(nanosleep_relative) {
  const int64_t due = now() + unit;
  const struct timespec time = span(unit);
  say_result(nanosleep(&time, NULL));
  ended(due);
}
CASE(nanosleep_by_number) {
  const int64_t due = now() + unit;
  const struct timespec time = span(unit);
  say_result(syscall(SYS_nanosleep, &time, NULL));
  ended(due);
}
CASE(nanosleep_refuses) {
  const struct timespec wrong[] = {{.tv_nsec = 1000000000}, {.tv_sec = -1}, {.tv_nsec = -1}, {0}};
  for (int i = 0; i < 4; i += 1) say_result(nanosleep(&wrong[i], NULL));
}
CASE(usleep_short) {
  const int64_t us = unit / 1000 < UINT32_MAX ? unit / 1000 : UINT32_MAX;
  const int64_t due = now() + us * 1000;
  say_result(usleep((useconds_t)us));
  ended(due);
}
CASE(sleep_zero_and_one) {
  say("%u", sleep(0));
  const int64_t due = now() + 1000000000;
  say("%u", sleep(1));
  ended(due);
}

static void on_clock(clockid_t id) {
  int64_t due = now() + unit;
  struct timespec time = span(unit), left = {-7, -7};
  say_error(clock_nanosleep(id, 0, &time, NULL));
  ended(due);
  due = now() + unit;
  time = at(id, unit);
  say_error(clock_nanosleep(id, TIMER_ABSTIME, &time, &left));
  ended(due);
  /* An absolute one leaves what is left alone. */
  say("%ld", (long)left.tv_sec);
  due = now();
  time = at(id, -unit);
  say_error(clock_nanosleep(id, TIMER_ABSTIME, &time, NULL));
  ended(due);
  time = (struct timespec){.tv_sec = 1, .tv_nsec = 0};
  say_error(clock_nanosleep(id, TIMER_ABSTIME, &time, NULL));
  ended(due);
  time.tv_nsec = 1000000000;
  say_error(clock_nanosleep(id, TIMER_ABSTIME, &time, NULL));
}
CASE(clock_nanosleep_monotonic) { on_clock(CLOCK_MONOTONIC); }
CASE(clock_nanosleep_realtime) { on_clock(CLOCK_REALTIME); }
CASE(clock_nanosleep_boottime) { on_clock(CLOCK_BOOTTIME); }
CASE(clock_nanosleep_of_a_thread) {
  struct timespec time = span(unit);
  say_error(clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &time, NULL));
}
CASE(c11_sleep) {
  const int64_t due = now() + unit;
  const struct timespec time = span(unit);
  say("%d", thrd_sleep(&time, NULL));
  ended(due);
}

static int order[8];
static int arrived;
static pthread_mutex_t ordering = PTHREAD_MUTEX_INITIALIZER;
static int64_t begun;
static void *sleeper(void *number) {
  const int64_t due = begun + (int64_t)(intptr_t)number * unit;
  const struct timespec time = span(due);
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
  ended(due);
  pthread_mutex_lock(&ordering);
  order[arrived++] = (int)(intptr_t)number;
  pthread_mutex_unlock(&ordering);
  return NULL;
}
CASE(wake_up_order) {
  static const int lengths[] = {5, 2, 8, 1, 7, 3, 6, 4};
  pthread_t threads[8];
  begun = now() + unit / 2;
  for (int i = 0; i < 8; i += 1) threads[i] = start(sleeper, (void *)(intptr_t)lengths[i]);
  for (int i = 0; i < 8; i += 1) join(threads[i]);
  for (int i = 0; i < 8; i += 1) say("%d", order[i]);
}
/** Each clock goes on as the others do, and none goes back. */
CASE(clocks_agree) {
  static const clockid_t ids[] = {CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_MONOTONIC_RAW};
  struct timespec before[4], after;
  for (int i = 0; i < 4; i += 1) clock_gettime(ids[i], &before[i]);
  const time_t date = time(NULL);
  nap(3 * unit);
  for (int i = 0; i < 4; i += 1) {
    clock_gettime(ids[i], &after);
    const int64_t passed = (after.tv_sec - before[i].tv_sec) * 1000000000LL + after.tv_nsec - before[i].tv_nsec;
    /* The raw one is not steered, so it may differ by some parts in a million. */
    say("%d", passed >= 3 * unit - 3 * unit / 1000);
  }
  say("%d", time(NULL) >= date + 3 * unit / 1000000000);
}
