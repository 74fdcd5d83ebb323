/* A signal's handler runs while each call waits: some end with EINTR, some begin again, as the handler asked for. */
#define _GNU_SOURCE
#include "calls.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "signals"

static pthread_t caller;
static volatile sig_atomic_t handled;
static void handle(int number) {
  (void)number;
  handled += 1;
}
static void *interrupt_then_finish(void *unused) {
  nap(unit);
  pthread_kill(caller, SIGUSR1);
  nap(unit);
  calls_finish();
  return unused;
}

static void interrupt(const struct call *call, int flags) {
  caller = pthread_self();
  sigaction(SIGUSR1, &(struct sigaction){.sa_handler = handle, .sa_flags = flags}, NULL);
  /* Another signal's handler asks for the opposite, which is nobody's business here. */
  sigaction(SIGHUP, &(struct sigaction){.sa_handler = handle, .sa_flags = flags ^ SA_RESTART}, NULL);
  sigaction(SIGUSR2, &(struct sigaction){.sa_handler = handle}, NULL);
  calls_prepare();
  const int64_t begun = now();
  start(interrupt_then_finish, NULL);
  say_result(call->make());
  ended_after(begun);
  say("%d", handled > 0);
}
static void interrupted(const void *call) { interrupt(call, 0); }
static void restarted(const void *call) { interrupt(call, SA_RESTART); }
__attribute__((constructor)) static void add_calls(void) {
  calls_add(SUBJECT, "interrupted", interrupted, NULL);
  calls_add(SUBJECT, "restarted", restarted, NULL);
}

CASE(interrupted_again_and_again) {
  sigaction(SIGALRM, &(struct sigaction){.sa_handler = handle}, NULL);
  const int64_t due = now() + 10 * unit;
  struct timespec left = span(10 * unit);
  caller = pthread_self();
  const pid_t parent = getpid(), child = fork();
  if (child == 0) {
    for (int i = 0; i < 6; i += 1) {
      nap(unit);
      kill(parent, SIGALRM);
    }
    _exit(0);
  }
  int times = 0;
  while (nanosleep(&left, &left) != 0) times += 1;
  ended(due);
  say("%d %d", times, handled);
  while (waitpid(child, NULL, 0) < 0) continue;
}

static int sent_by;
static void send_signal(pid_t pid) {
  const union sigval value = {.sival_int = 3};
  if (sent_by == 0) kill(pid, SIGUSR1);
  else if (sent_by == 1) sigqueue(pid, SIGUSR1, value);
  else if (sent_by == 2) tgkill(pid, pid, SIGUSR1);
  else if (sent_by == 3) syscall(SYS_kill, pid, SIGUSR1);
  else if (sent_by == 4) syscall(SYS_tgkill, pid, pid, SIGUSR1);
  else if (sent_by == 5) syscall(SYS_pidfd_send_signal, syscall(SYS_pidfd_open, pid, 0), SIGUSR1, NULL, 0);
}
/** Whoever sends it, and however: the sleeper is awake before time goes on. */
CASE(sent_by_another_process) {
  sigaction(SIGUSR1, &(struct sigaction){.sa_handler = handle}, NULL);
  const pid_t parent = getpid();
  for (sent_by = 0; sent_by < 6; sent_by += 1) {
    const int64_t begun = now();
    const pid_t child = fork();
    if (child == 0) {
      nap(unit);
      send_signal(parent);
      nap(LONG);
      _exit(0);
    }
    const struct timespec time = span(LONG * 2);
    say_result(nanosleep(&time, NULL));
    ended_after(begun);
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0) continue;
  }
}
static void note_child(int number) {
  (void)number;
  handled += 1;
}
CASE(a_childs_end_is_a_signal) {
  sigaction(SIGCHLD, &(struct sigaction){.sa_handler = note_child}, NULL);
  for (int killed = 0; killed < 2; killed += 1) {
    const int64_t begun = now();
    const pid_t child = fork();
    if (child == 0) {
      nap(unit);
      if (killed) raise(SIGKILL);
      _exit(0);
    }
    const struct timespec time = span(LONG);
    say_result(nanosleep(&time, NULL));
    ended_after(begun);
    MUST(waitpid(child, NULL, 0) == child);
  }
  say("%d", handled);
}
/** A handler that waits itself, in the middle of a wait. */
static void wait_in_handler(int number) {
  (void)number;
  nap(2 * unit);
  handled += 1;
}
static void *interrupt_later(void *unused) {
  nap(unit);
  pthread_kill(caller, SIGUSR1);
  return unused;
}
CASE(a_handler_that_waits) {
  caller = pthread_self();
  sigaction(SIGUSR1, &(struct sigaction){.sa_handler = wait_in_handler}, NULL);
  const int64_t begun = now();
  const pthread_t thread = start(interrupt_later, NULL);
  const struct timespec time = span(LONG);
  say_result(nanosleep(&time, NULL));
  ended_after(begun);
  say("%d", handled);
  join(thread);
}
CASE(sigtimedwait_limit) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  const struct timespec time = span(unit);
  const int64_t due = now() + unit;
  say_result(sigtimedwait(&set, NULL, &time));
  ended(due);
  caller = pthread_self();
  const int64_t begun = now();
  const pthread_t thread = start(interrupt_later, NULL);
  siginfo_t info;
  const struct timespec long_time = span(LONG);
  say_result(sigtimedwait(&set, &info, &long_time));
  ended_after(begun);
  say("%d", info.si_signo);
  join(thread);
}
