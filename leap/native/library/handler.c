/*
 * Signal handlers. Each of the program's goes through one of ours, for two reasons: whether an interrupted call begins again
 * is the choice of the handler that ran, which cannot be asked afterwards; and a thread whose wait is interrupted computes
 * while its handler runs, also where that jumps out of the wait and never returns.
 */
#define _GNU_SOURCE
#include "real.h"
#include "wait.h"
#include <signal.h>
#include <string.h>

enum { SIGNALS = 65 };
/** By signal: what the program asked for, in the one of two places that is not being written. */
static struct sigaction asked[SIGNALS][2];
static _Atomic uint32_t valid[SIGNALS];
static _Atomic uint32_t writing;
/** Since this was last cleared, a handler has run that does not let the call begin again. */
static __thread bool interrupted SHARED_WORDS;
/** A handler has run since the thread last began to sleep, or was about to. */
static __thread bool handled SHARED_WORDS;

void wait_clear_interrupted(void) { interrupted = false; }
bool wait_is_interrupted(void) { return interrupted; }
void wait_clear_handled(void) { handled = false; }
bool wait_is_handled(void) { return handled; }

static void relay(int number, siginfo_t *info, void *context) {
  const int error = errno;
  const struct sigaction action = asked[number][atomic_load(&valid[number]) & 1];
  const bool before = interrupted;
  const enum leap_way way = slot_pause();
  errno = error;
  if ((action.sa_flags & SA_SIGINFO) != 0) action.sa_sigaction(number, info, context);
  else action.sa_handler(number);
  const int left = errno;
  handled = true;
  interrupted = before || (action.sa_flags & SA_RESTART) == 0;
  slot_unpause(way);
  /* It may not have begun to sleep in the kernel yet, and would now find nobody who wakes it. */
  if (way == LEAP_POLLING || way == LEAP_SIGNALS) wait_wake_self();
  errno = left;
}

static bool is_handler(const struct sigaction *action) {
  return (action->sa_flags & SA_SIGINFO) != 0 || (action->sa_handler != SIG_DFL && action->sa_handler != SIG_IGN);
}

EXPORT int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old) {
  REAL(sigaction);
  if (!on_clock() || number < 1 || number >= SIGNALS) return real(number, action, old);
  sigset_t all, before;
  sigfillset(&all);
  struct sigaction ours, was;
  /* A handler may set handlers: none runs while this is locked. */
  kernel(SYS_rt_sigprocmask, SIG_BLOCK, &all, &before, KERNEL_SIGSET);
  while (atomic_exchange(&writing, 1) != 0) kernel(SYS_sched_yield);
  const uint32_t place = atomic_load(&valid[number]) & 1;
  const struct sigaction asked_before = asked[number][place];
  if (action != NULL) {
    ours = *action;
    if (is_handler(action)) {
      asked[number][place ^ 1] = *action;
      atomic_store(&valid[number], place ^ 1);
      ours.sa_sigaction = relay;
      ours.sa_flags |= SA_SIGINFO;
    }
  }
  const int result = real(number, action == NULL ? NULL : &ours, &was), error = errno;
  if (result < 0) atomic_store(&valid[number], place);
  atomic_store(&writing, 0);
  kernel(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, KERNEL_SIGSET);
  if (result == 0 && old != NULL) *old = was.sa_sigaction == relay ? asked_before : was;
  errno = error;
  return result;
}

/** Signals whose handlers, set by `signal`, are not to let a call begin again. */
static _Atomic uint64_t never_restarting;

EXPORT sighandler_t signal(int number, sighandler_t handler) {
  REAL(signal);
  if (!on_clock() || number < 1 || number >= SIGNALS) return real(number, handler);
  const bool restarts = (atomic_load(&never_restarting) >> (number - 1) & 1) == 0;
  struct sigaction action = {.sa_handler = handler, .sa_flags = restarts ? SA_RESTART : 0}, old;
  sigaddset(&action.sa_mask, number);
  return sigaction(number, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
EXPORT int siginterrupt(int number, int interrupts) {
  REAL(siginterrupt);
  if (!on_clock()) return real(number, interrupts);
  struct sigaction action;
  if (sigaction(number, NULL, &action) < 0) return -1;
  const uint64_t bit = 1ULL << (number - 1);
  if (interrupts) atomic_fetch_or(&never_restarting, bit);
  else atomic_fetch_and(&never_restarting, ~bit);
  action.sa_flags = interrupts ? action.sa_flags & ~SA_RESTART : action.sa_flags | SA_RESTART;
  return sigaction(number, &action, NULL);
}

void handler_forked(void) { atomic_store(&writing, 0); }
