/* Every call that blocks, as one table: signals.c interrupts each of them, cancels.c cancels each. */
#ifndef CALLS_H
#define CALLS_H

#include "probe.h"

struct call {
  const char *name;
  long (*make)(void);
  /** Whether it is a place where a thread may be cancelled. */
  bool cancellable;
};
extern const struct call calls[];
extern const int call_count;

/**
 * A case for each call, so that a busy kernel which is late in one of them is asked again for that one alone. `leave_out`,
 * where it is given, names those that have none.
 */
void calls_add(const char *subject, const char *what, void (*run_with)(const void *), bool (*leave_out)(const struct call *));

/** Makes anew what the calls wait for: nothing is there. */
void calls_prepare(void);
/** Gives every call what it waits for. */
void calls_finish(void);
/** Held when a condition is waited for. */
extern pthread_mutex_t call_mutex;

#endif
