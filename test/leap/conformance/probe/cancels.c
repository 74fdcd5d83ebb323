/* A thread is cancelled while each call waits, before it begins, and while it does not allow that. */
#define _GNU_SOURCE
#include "calls.h"
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "cancels"

enum when { WAITING, BEFORE, NOT_ALLOWED };
struct cancelled {
  const struct call *call;
  enum when when;
  bool cleaned;
};
static void clean(void *given) {
  struct cancelled *cancelled = given;
  cancelled->cleaned = true;
  /* Where a condition was waited for, its mutex is held here. */
  if (strncmp(cancelled->call->name, "cond", 4) == 0) {
    say("%s", pthread_mutex_trylock(&call_mutex) == EBUSY ? "held" : "NOT HELD");
    pthread_mutex_unlock(&call_mutex);
  }
  /* A handler may wait as well. */
  nap(unit);
}
static void *make(void *given) {
  struct cancelled *cancelled = given;
  int old;
  pthread_cleanup_push(clean, cancelled);
  if (cancelled->when != WAITING) pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
  if (cancelled->when == BEFORE) {
    nap(2 * unit);
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, &old);
  }
  say_result(cancelled->call->make());
  pthread_cleanup_pop(0);
  return NULL;
}
static void *finish_later(void *unused) {
  nap(4 * unit);
  calls_finish();
  return unused;
}

static void cancel(const struct call *call, enum when when) {
  calls_prepare();
  struct cancelled cancelled = {.call = call, .when = when};
  const int64_t begun = now();
  const pthread_t thread = start(make, &cancelled);
  start(finish_later, NULL);
  nap(unit);
  pthread_cancel(thread);
  void *value;
  MUST(pthread_join(thread, &value) == 0);
  say("%s%s", value == PTHREAD_CANCELED ? "cancelled" : "ended", cancelled.cleaned ? ", cleaned" : "");
  ended_after(begun);
}
static void while_waiting(const void *call) { cancel(call, WAITING); }
static void before(const void *call) { cancel(call, BEFORE); }
static void not_allowed(const void *call) { cancel(call, NOT_ALLOWED); }
/** Nothing else ends these. */
static bool needs_a_signal(const struct call *call) {
  return strcmp(call->name, "pause") == 0 || strcmp(call->name, "sigsuspend") == 0;
}
__attribute__((constructor)) static void add_calls(void) {
  calls_add(SUBJECT, "while_it_waits", while_waiting, NULL);
  calls_add(SUBJECT, "before_it_begins", before, NULL);
  /* What is no place for it ends when all is finished, and is the same each time. */
  calls_add(SUBJECT, "while_that_is_not_allowed", not_allowed, needs_a_signal);
}
