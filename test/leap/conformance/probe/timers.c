/* Timers that a descriptor or a signal shows. */
#define _GNU_SOURCE
#include "probe.h"
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "timers"

static uint64_t expirations(int fd) {
  uint64_t count = 0;
  MUST(read(fd, &count, sizeof count) == sizeof count);
  return count;
}
static void once_and_periodic(clockid_t id) {
  const int fd = timerfd_create(id, TFD_CLOEXEC);
  int64_t due = now() + unit;
  MUST(timerfd_settime(fd, 0, &(struct itimerspec){.it_value = span(unit)}, NULL) == 0);
  say("%d", (int)expirations(fd));
  ended(due);
  due = now() + unit;
  MUST(timerfd_settime(fd, TFD_TIMER_ABSTIME, &(struct itimerspec){.it_value = at(id, unit)}, NULL) == 0);
  struct pollfd one = {.fd = fd, .events = POLLIN};
  say("%d", poll(&one, 1, -1));
  ended(due);
  say("%d", (int)expirations(fd));
  MUST(timerfd_settime(fd, TFD_TIMER_ABSTIME, &(struct itimerspec){.it_value = at(id, -unit)}, NULL) == 0);
  say("%d", (int)expirations(fd));
  const int64_t begun = now();
  MUST(timerfd_settime(fd, 0, &(struct itimerspec){.it_interval = span(2 * unit), .it_value = span(unit)}, NULL) == 0);
  for (int i = 0; i < 3; i += 1) {
    say("%d", (int)expirations(fd));
    ended_after(begun);
  }
  nap(5 * unit);
  say("%d", (int)expirations(fd));
  struct itimerspec left, zero = {0};
  MUST(timerfd_gettime(fd, &left) == 0);
  say("%d", left.it_value.tv_sec * 1000000000 + left.it_value.tv_nsec <= 2 * unit);
  MUST(timerfd_settime(fd, 0, &zero, &left) == 0);
  say("%d", (int)(left.it_interval.tv_sec * 1000000000 + left.it_interval.tv_nsec == 2 * unit));
  say("%d", poll(&one, 1, (int)(3 * unit / 1000000)));
  close(fd);
}
CASE(timerfd_monotonic) { once_and_periodic(CLOCK_MONOTONIC); }
CASE(timerfd_realtime) { once_and_periodic(CLOCK_REALTIME); }
CASE(timerfd_refuses) {
  const struct itimerspec wrong = {.it_value = {.tv_nsec = 1000000000}};
  const int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  uint64_t count;
  say_result(read(fd, &count, sizeof count));
  say_result(timerfd_settime(fd, 0, &wrong, NULL));
  say_result(timerfd_settime(STDIN_FILENO, 0, &(struct itimerspec){0}, NULL));
  say_result(timerfd_create(CLOCK_THREAD_CPUTIME_ID, 0));
  say_result(timerfd_create(CLOCK_MONOTONIC, 12345));
}
/** The timer belongs to the file: another number of it, or a child's, is as good. */
CASE(timerfd_duplicated_and_inherited) {
  const int fd = timerfd_create(CLOCK_MONOTONIC, 0), copy = dup(fd);
  const int64_t begun = now();
  MUST(timerfd_settime(fd, 0, &(struct itimerspec){.it_value = span(unit)}, NULL) == 0);
  close(fd);
  say("%d", (int)expirations(copy));
  ended_after(begun);
  say_result(timerfd_settime(copy, 0, &(struct itimerspec){.it_value = span(unit)}, NULL));
  say("%d", (int)expirations(copy));
  ended_after(begun);
  const pid_t child = fork();
  if (child == 0) {
    MUST(timerfd_settime(copy, 0, &(struct itimerspec){.it_value = span(unit)}, NULL) == 0);
    _exit(0);
  }
  say("%d", (int)expirations(copy));
  ended_after(begun);
  MUST(waitpid(child, NULL, 0) == child);
}

static volatile sig_atomic_t rung;
static void ring(int number) {
  (void)number;
  rung += 1;
}
CASE(interval_timer) {
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = ring}, NULL);
  const struct timespec time = span(unit);
  const struct timeval each = {.tv_sec = time.tv_sec, .tv_usec = time.tv_nsec / 1000};
  const int64_t begun = now();
  struct itimerval old;
  MUST(setitimer(ITIMER_REAL, &(struct itimerval){.it_interval = each, .it_value = each}, NULL) == 0);
  for (int i = 0; i < 4; i += 1) {
    say_result(pause());
    ended_after(begun);
  }
  say_result(setitimer(ITIMER_REAL, &(struct itimerval){0}, &old));
  say("%d", old.it_interval.tv_sec == each.tv_sec && old.it_interval.tv_usec == each.tv_usec);
  nap(3 * unit);
  say("%d", rung);
  say_result(getitimer(ITIMER_REAL, &old));
  say("%d", (int)(old.it_value.tv_sec + old.it_value.tv_usec));
}
CASE(alarm_and_pause) {
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = ring}, NULL);
  say("%u", alarm(50));
  const int64_t due = now() + 1000000000;
  say("%u", alarm(1));
  say_result(pause());
  ended(due);
  say("%u", alarm(0));
  say("%d", rung);
}
/** An alarm comes in whole seconds: 1 where a unit is 20 ms, and more where a busy kernel is asked again with a longer one. */
static unsigned alarm_seconds(void) {
  const int64_t seconds = unit / 20000000;
  return seconds < 1 ? 1 : (unsigned)seconds;
}
CASE(alarm_ends_a_sleep) {
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = ring}, NULL);
  const unsigned seconds = alarm_seconds();
  const int64_t due = now() + seconds * 1000000000LL;
  alarm(seconds);
  /* Who is late here by the rest of that has heard the alarm already, and sleeps the whole time. */
  nap(seconds * 700000000LL);
  /* Whole seconds of what is left, which is 29.7 times as long. */
  say("%u", sleep(30 * seconds) / seconds);
  ended(due);
}
CASE(alarm_kills) {
  const int64_t due = now() + 1000000000;
  const pid_t child = fork();
  if (child == 0) {
    alarm(1);
    pause();
    _exit(1);
  }
  int status;
  MUST(waitpid(child, &status, 0) == child);
  say("%d", WTERMSIG(status));
  ended(due);
}
/** An old way to give any call a time limit: the handler does not return, and the thread computes on. */
static sigjmp_buf back;
static void jump(int number) { siglongjmp(back, number); }
static void *tick(void *unused) {
  for (int i = 0; i < 10; i += 1) nap(1000 * unit);
  return unused;
}
CASE(alarm_jumps_out_of_a_read) {
  int ends[2];
  char byte;
  MUST(pipe(ends) == 0);
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = jump, .sa_flags = SA_RESTART}, NULL);
  pthread_t ticker;
  MUST(pthread_create(&ticker, NULL, tick, NULL) == 0);
  const int64_t due = now() + 1000000000;
  if (sigsetjmp(back, 1) == 0) {
    alarm(1);
    say_result(read(ends[0], &byte, 1));
  }
  say("out");
  /* It counts as running again: nothing leaps while it computes. */
  for (volatile int i = 0; i < 20000000; i += 1) continue;
  ended(due + (int64_t)(now() - due < 500000000 ? now() - due : 0));
}
CASE(a_child_inherits_no_alarm) {
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = ring}, NULL);
  alarm(1);
  const pid_t child = fork();
  if (child == 0) {
    say("%u", alarm(0));
    nap(1500000000);
    _exit(rung);
  }
  int status;
  while (waitpid(child, &status, 0) < 0) continue;
  say("%d %d", WEXITSTATUS(status), rung);
}
