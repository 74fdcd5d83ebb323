/*
 * Timers that a descriptor or a signal shows: timerfd, setitimer and alarm. The coordinator keeps their time. A timerfd is an
 * eventfd, which is read in the same way. timer_create is left to the kernel, and so to the wall's time.
 */
#define _GNU_SOURCE
#include "timer.h"
#include "real.h"
#include "wait.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <unistd.h>

/** Whether this process has any, so that closing a descriptor costs nothing where it has none. */
static _Atomic bool any;

static struct leap_timer *timer_of(uint64_t owner) {
  for (int i = 0; i < LEAP_TIMERS; i += 1)
    if (atomic_load(&leap->timers[i].owner) == owner) return &leap->timers[i];
  return NULL;
}

/** Which eventfd this is, whatever its number; 0: none. */
static uint32_t file_of(int fd) {
  char path[48], text[512];
  snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
  const int info = (int)kernel(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
  if (info < 0) return 0;
  const long size = kernel(SYS_read, info, text, sizeof text - 1);
  kernel(SYS_close, info);
  text[size > 0 ? size : 0] = 0;
  const char *id = strstr(text, "eventfd-id:");
  return id == NULL ? 0 : (uint32_t)atoi(id + sizeof "eventfd-id:" - 1) + 1;
}

/** The timer that a descriptor shows, also by another number than it was made with, or in a child. */
static struct leap_timer *timer_shown_by(int fd) {
  const uint32_t file = on_clock() ? file_of(fd) : 0;
  for (int i = 0; i < LEAP_TIMERS && file != 0; i += 1)
    if (atomic_load(&leap->timers[i].owner) != 0 && atomic_load(&leap->timers[i].file) == file) return &leap->timers[i];
  return NULL;
}

static struct leap_timer *new_timer(uint64_t owner, int *index) {
  for (int i = 0; i < LEAP_TIMERS; i += 1) {
    uint64_t unused = 0;
    if (atomic_load(&leap->timers[i].owner) != 0) continue;
    atomic_store(&leap->timers[i].due, LEAP_NEVER);
    if (!atomic_compare_exchange_strong(&leap->timers[i].owner, &unused, owner)) continue;
    atomic_store(&any, true);
    *index = i;
    return &leap->timers[i];
  }
  return NULL;
}

static void set(struct leap_timer *timer, int64_t due, int64_t every) {
  atomic_store(&timer->every, every);
  atomic_store(&timer->due, due);
  if (due < atomic_load(&leap->next_due)) slot_kick();
}

/** Another descriptor of this process that shows the same timer; -1: none. */
static int other_number_of(uint32_t file, int fd) {
  DIR *folder = opendir("/proc/self/fd");
  int found = -1;
  for (const struct dirent *each; folder != NULL && (each = readdir(folder)) != NULL;) {
    const int other = atoi(each->d_name);
    if (each->d_name[0] != '.' && other != fd && file_of(other) == file) found = other;
  }
  if (folder != NULL) closedir(folder);
  return found;
}

static void release(struct leap_timer *timer, int fd) {
  const int pid = (int)kernel(SYS_getpid), other = other_number_of(atomic_load(&timer->file), fd);
  if (other >= 0) {
    atomic_store(&timer->owner, leap_owner(pid, other));
    return;
  }
  atomic_store(&timer->due, LEAP_NEVER);
  atomic_store(&timer->owner, 0);
}

void timer_closed(int fd) {
  if (!on_clock() || !atomic_load(&any)) return;
  struct leap_timer *timer = timer_of(leap_owner((int)kernel(SYS_getpid), fd));
  if (timer != NULL) release(timer, fd);
}

void timer_closed_range(unsigned first, unsigned last) {
  if (!on_clock() || !atomic_load(&any)) return;
  const int pid = (int)kernel(SYS_getpid);
  for (int i = 0; i < LEAP_TIMERS; i += 1) {
    const uint64_t owner = atomic_load(&leap->timers[i].owner);
    const int fd = leap_tid(owner);
    if (leap_pid(owner) == pid && fd >= 0 && (unsigned)fd >= first && (unsigned)fd <= last) timer_closed(fd);
  }
}

void timers_after_exec(void) {
  const int pid = (int)kernel(SYS_getpid);
  for (int i = 0; i < LEAP_TIMERS; i += 1) {
    const uint64_t owner = atomic_load(&leap->timers[i].owner);
    if (leap_pid(owner) != pid || leap_tid(owner) < 0) continue;
    if (file_of(leap_tid(owner)) == atomic_load(&leap->timers[i].file)) atomic_store(&any, true);
    else release(&leap->timers[i], leap_tid(owner));
  }
}

/** In real mode: timers of dates, which are others than the kernel's. */
static _Atomic bool dated[65536];

static int create_real(clockid_t id, int flags) {
  const long fd = kernel(SYS_timerfd_create, id, flags);
  if (fd >= 0 && fd < 65536) atomic_store(&dated[fd], leap != NULL && id == CLOCK_REALTIME);
  return (int)as_libc(fd);
}
static int set_real(int fd, int flags, const struct itimerspec *time, struct itimerspec *old) {
  struct itimerspec at = *time;
  const bool translated = leap != NULL && fd >= 0 && fd < 65536 && atomic_load(&dated[fd]);
  if (translated && (flags & TFD_TIMER_ABSTIME) != 0 && ns_of(&at.it_value) != 0) at.it_value = clock_real_date(&at.it_value);
  return (int)as_libc(kernel(SYS_timerfd_settime, fd, flags, &at, old));
}

EXPORT int timerfd_create(clockid_t id, int flags) {
  if (!on_clock()) return create_real(id, flags);
  /* What the kernel would not have is refused as it does. */
  const long kernels = kernel(SYS_timerfd_create, id, flags);
  if (kernels < 0) return (int)as_libc(kernels);
  kernel(SYS_close, kernels);
  const int fd = (int)kernel(SYS_eventfd2, 0, flags & (TFD_CLOEXEC | TFD_NONBLOCK));
  int index = 0;
  if (fd < 0) return (int)as_libc(fd);
  struct leap_timer *timer = new_timer(leap_owner((int)kernel(SYS_getpid), fd), &index);
  if (timer == NULL) {
    kernel(SYS_close, fd);
    return (int)as_libc(-EMFILE);
  }
  atomic_store(&timer->clock, (uint32_t)id);
  atomic_store(&timer->file, file_of(fd));
  message_send(LEAP_TIMER_FD, index, "", &fd, 1);
  atomic_fetch_add(&leap->handed, 1);
  return fd;
}

static struct itimerspec left_of(const struct leap_timer *timer) {
  const int64_t due = atomic_load(&timer->due);
  return (struct itimerspec){.it_interval = timespec_of(atomic_load(&timer->every)),
                             .it_value = timespec_of(due == LEAP_NEVER ? 0 : due - clock_now())};
}

EXPORT int timerfd_settime(int fd, int flags, const struct itimerspec *time, struct itimerspec *old) {
  struct leap_timer *timer = timer_shown_by(fd);
  if (timer == NULL) return set_real(fd, flags, time, old);
  const bool valid = time_is_valid(&time->it_value) && time_is_valid(&time->it_interval);
  if (!valid || (flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) != 0) return (int)as_libc(-EINVAL);
  if (old != NULL) *old = left_of(timer);
  struct pollfd one = {.fd = fd, .events = POLLIN};
  uint64_t expired;
  if (kernel_poll(&one, 1, 0, NULL) > 0) kernel(SYS_read, fd, &expired, sizeof expired);
  const int64_t value = ns_of(&time->it_value);
  int64_t due = LEAP_NEVER;
  if (value != 0 && (flags & TFD_TIMER_ABSTIME) != 0)
    due = clock_deadline((clockid_t)atomic_load(&timer->clock), &time->it_value);
  else if (value != 0) due = clock_after(value);
  set(timer, due, ns_of(&time->it_interval));
  return 0;
}

EXPORT int timerfd_gettime(int fd, struct itimerspec *out) {
  const struct leap_timer *timer = timer_shown_by(fd);
  if (timer == NULL) return (int)as_libc(kernel(SYS_timerfd_gettime, fd, out));
  *out = left_of(timer);
  return 0;
}

static int64_t ns_of_timeval(const struct timeval *t) { return t->tv_sec * 1000000000LL + t->tv_usec * 1000LL; }
static struct timeval timeval_of(struct timespec t) {
  return (struct timeval){.tv_sec = t.tv_sec, .tv_usec = (t.tv_nsec + 999) / 1000};
}

static struct leap_timer *own_alarm(void) {
  const uint64_t owner = leap_owner((int)kernel(SYS_getpid), -1);
  struct leap_timer *timer = timer_of(owner);
  int index;
  return timer != NULL ? timer : new_timer(owner, &index);
}

EXPORT int getitimer(__itimer_which_t which, struct itimerval *out) {
  const struct leap_timer *timer = on_clock() && which == ITIMER_REAL ? own_alarm() : NULL;
  if (timer == NULL) return (int)as_libc(kernel(SYS_getitimer, which, out));
  const struct itimerspec left = left_of(timer);
  *out = (struct itimerval){timeval_of(left.it_interval), timeval_of(left.it_value)};
  return 0;
}

EXPORT int setitimer(__itimer_which_t which, const struct itimerval *restrict time, struct itimerval *restrict old) {
  struct leap_timer *timer = on_clock() && which == ITIMER_REAL ? own_alarm() : NULL;
  if (timer == NULL) return (int)as_libc(kernel(SYS_setitimer, which, time, old));
  if (old != NULL) getitimer(which, old);
  const struct timeval *times[] = {&time->it_value, &time->it_interval};
  for (int i = 0; i < 2; i += 1)
    if (times[i]->tv_sec < 0 || times[i]->tv_usec < 0 || times[i]->tv_usec >= 1000000) return (int)as_libc(-EINVAL);
  const int64_t value = ns_of_timeval(&time->it_value);
  set(timer, value == 0 ? LEAP_NEVER : clock_after(value), ns_of_timeval(&time->it_interval));
  return 0;
}

EXPORT unsigned alarm(unsigned seconds) {
  const struct itimerval time = {.it_value = {.tv_sec = seconds}};
  struct itimerval old = {0};
  setitimer(ITIMER_REAL, &time, &old);
  return (unsigned)(old.it_value.tv_sec + (old.it_value.tv_usec >= 500000 || old.it_value.tv_sec == 0) * (old.it_value.tv_usec > 0));
}
