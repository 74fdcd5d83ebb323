/*
 * A thread's time is that at which it woke plus the CPU that it has used since, so waiting for a core takes no time; the
 * run's clock is the latest that any thread has reached. The processes of a group whose CPU is free read the clock and
 * never move it. Takes over the calls that read a clock; CPU clocks and resolutions stay the kernel's.
 */
#define _GNU_SOURCE
#include "clock.h"
#include <dlfcn.h>
#include <sys/time.h>

static __thread int64_t woke_ns SHARED_WORDS, cpu_then SHARED_WORDS;
/** Which release of the clock this thread's time counts from: what it computed while the clock was held takes no time. */
static __thread uint32_t since_release SHARED_WORDS;
/**
 * Readings since the last wait: where CPU is free, a loop that only reads the clock would never end. V8 sweeps its heap by
 * tens of thousands of readings, how many depends on its threads; so it takes many more until time goes on by them.
 */
static __thread int64_t readings SHARED_WORDS;
enum { FREE_READINGS = 5000000, READING_NS = 1000 };

static int64_t cpu_used(void) {
  struct timespec t;
  kernel(SYS_clock_gettime, CLOCK_THREAD_CPUTIME_ID, &t);
  return ns_of(&t);
}

static int (*real_gettime(void))(clockid_t, struct timespec *) {
  static int (*real)(clockid_t, struct timespec *);
  if (real == NULL) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  return real;
}

int64_t clock_wall(void) {
  struct timespec t;
  if (real_gettime() == NULL) kernel(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
  else real_gettime()(CLOCK_MONOTONIC, &t);
  return ns_of(&t);
}

/** The clock is at `time` or later. */
static int64_t reach(int64_t time) {
  const int64_t held_at = atomic_load_explicit(&leap->hold_at, memory_order_relaxed);
  int64_t now = atomic_load(&leap->now);
  if (time > held_at) time = held_at;
  while (time > now) {
    if (atomic_compare_exchange_weak(&leap->now, &now, time)) {
      slot_kick_if_due(time);
      return time;
    }
  }
  return now;
}

void clock_woken(void) {
  readings = 0;
  since_release = atomic_load(&leap->releases);
  if (atomic_load_explicit(&leap_group->free_cpu, memory_order_relaxed)) {
    woke_ns = atomic_load(&leap->now);
    return;
  }
  /* In this order: a signal's handler in between reads a time that is too early by what it computes, never too late. */
  cpu_then = cpu_used();
  atomic_signal_fence(memory_order_seq_cst);
  woke_ns = atomic_load(&leap->now);
  if (my_slot < 0) return;
  atomic_store_explicit(&leap->slot[my_slot].cpu_ns, cpu_then, memory_order_relaxed);
  atomic_store_explicit(&leap->slot[my_slot].woke_ns, woke_ns, memory_order_release);
}

int64_t clock_now(void) {
  if (leap->mode == LEAP_MODE_REAL) return clock_wall();
  if (my_slot < 0) slot_enroll();
  if (atomic_load_explicit(&leap_group->free_cpu, memory_order_relaxed)) {
    readings += 1;
    if (readings > FREE_READINGS) return reach(atomic_load(&leap->now) + READING_NS);
    return atomic_load(&leap->now);
  }
  if (since_release != atomic_load_explicit(&leap->releases, memory_order_relaxed)) clock_woken();
  return reach(woke_ns + cpu_used() - cpu_then);
}

void clock_publish(void) {
  if (!on_clock() || my_slot < 0) return;
  if (!atomic_load_explicit(&leap_group->free_cpu, memory_order_relaxed)) clock_now();
}

bool clock_is_past(int64_t deadline) {
  if (deadline == LEAP_NEVER) return false;
  return leap->mode != LEAP_MODE_REAL && atomic_load(&leap->now) >= deadline ? true : clock_now() >= deadline;
}

int64_t clock_after(int64_t ns) {
  const int64_t now = clock_now();
  return ns > LEAP_NEVER - now ? LEAP_NEVER : now + (ns < 0 ? 0 : ns);
}

/** From the incident's monotonic clock to this process's date. */
static int64_t date_offset(void) {
  return leap->date_start - leap->monotonic_start + atomic_load_explicit(&leap_group->offset_ns, memory_order_relaxed);
}

int64_t clock_date(void) { return clock_now() + date_offset(); }

static bool is_date(clockid_t id) {
  return id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE || id == CLOCK_TAI || id == CLOCK_REALTIME_ALARM;
}

int64_t clock_deadline(clockid_t id, const struct timespec *at) {
  /* A date far in the future, as some programs mean "never", must not wrap round. */
  if (at->tv_sec > LEAP_NEVER / 2000000000LL) return LEAP_NEVER;
  return is_date(id) ? ns_of(at) - date_offset() : ns_of(at);
}

struct timespec clock_real_date(const struct timespec *at) {
  struct timespec date, monotonic;
  kernel(SYS_clock_gettime, CLOCK_REALTIME, &date);
  kernel(SYS_clock_gettime, CLOCK_MONOTONIC, &monotonic);
  return timespec_of(ns_of(at) - date_offset() - ns_of(&monotonic) + ns_of(&date));
}

EXPORT int clock_gettime(clockid_t id, struct timespec *out) {
  if (leap != NULL) {
    switch (id) {
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM:
      *out = timespec_of(clock_now());
      return 0;
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI:
      *out = timespec_of(clock_date());
      return 0;
    default:
      break;
    }
  }
  if (real_gettime() == NULL) return (int)as_libc(kernel(SYS_clock_gettime, id, out));
  return real_gettime()(id, out);
}

EXPORT int gettimeofday(struct timeval *restrict out, void *restrict zone) {
  (void)zone;
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  /* Declared as never NULL, which callers that only want the zone do not keep to. */
  struct timeval *volatile into = out;
  if (into != NULL) *into = (struct timeval){.tv_sec = t.tv_sec, .tv_usec = t.tv_nsec / 1000};
  return 0;
}

EXPORT time_t time(time_t *out) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  if (out != NULL) *out = t.tv_sec;
  return t.tv_sec;
}

EXPORT int timespec_get(struct timespec *out, int base) {
  return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, out) == 0 ? base : 0;
}
