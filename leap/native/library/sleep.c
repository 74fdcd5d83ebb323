/* Calls that only let time pass. Never early; what is left of an interrupted one is reported. */
#define _GNU_SOURCE
#include "wait.h"
#include <unistd.h>

static int sleep_until(int64_t deadline, struct timespec *left) {
  const int error = wait_until(deadline, WAIT_CANCELLABLE | WAIT_BY_SIGNAL);
  if (error != 0 && left != NULL) *left = timespec_of(deadline - clock_now());
  return error;
}


EXPORT int nanosleep(const struct timespec *time, struct timespec *left) {
  if (!on_clock()) return (int)as_libc(CANCELLABLE(kernel(SYS_nanosleep, time, left)));
  if (!time_is_valid(time)) return (int)as_libc(-EINVAL);
  return (int)as_libc(sleep_until(clock_after(ns_of(time)), left));
}

EXPORT int clock_nanosleep(clockid_t id, int flags, const struct timespec *time, struct timespec *left) {
  const bool absolute = (flags & TIMER_ABSTIME) != 0;
  const bool ours = id == CLOCK_REALTIME || id == CLOCK_MONOTONIC || id == CLOCK_BOOTTIME || id == CLOCK_TAI;
  if (!on_clock() || !ours) {
    struct timespec at = *time;
    if (leap != NULL && absolute && id == CLOCK_REALTIME && time_is_valid(time)) at = clock_real_date(time);
    if (id == CLOCK_THREAD_CPUTIME_ID) return EINVAL;
    return (int)-CANCELLABLE(kernel(SYS_clock_nanosleep, id, flags, &at, left));
  }
  if (!time_is_valid(time)) return EINVAL;
  const int64_t deadline = absolute ? clock_deadline(id, time) : clock_after(ns_of(time));
  return -sleep_until(deadline, absolute ? NULL : left);
}

EXPORT int usleep(useconds_t us) {
  const struct timespec time = timespec_of(us * 1000LL);
  return nanosleep(&time, NULL);
}

EXPORT unsigned sleep(unsigned seconds) {
  const struct timespec time = {.tv_sec = seconds};
  struct timespec left = {0};
  return nanosleep(&time, &left) == 0 ? 0 : (unsigned)left.tv_sec;
}
