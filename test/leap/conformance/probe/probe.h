/*
 * What every subject of the probe uses. A case does one thing that a program may do with time and says what came of it;
 * the same probe runs on the kernel's clock and on the one that leaps, and the lines must be the same. All cases run in
 * a process of their own, so that they may leave anything behind.
 */
#ifndef PROBE_H
#define PROBE_H

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

struct probe_case {
  const char *subject, *name;
  void (*run)(void);
  /** Where it is one of many that are alike: which. */
  const void *argument;
  void (*run_with)(const void *);
  struct probe_case *next;
};
void probe_add(struct probe_case *one);

/** `CASE(name) { … }`, in a file that defines SUBJECT. */
#define CASE(title)                                                              \
  static void title(void);                                                       \
  __attribute__((constructor)) static void add_##title(void) {                   \
    static struct probe_case one = {.subject = SUBJECT, .name = #title, .run = title}; \
    probe_add(&one);                                                             \
  }                                                                              \
  static void title(void)

/** How long a short wait is, ns: some ms on the kernel's clock, anything on the one that leaps. */
extern int64_t unit;
/** Far longer than any case lasts. */
#define LONG (500 * unit)

/** Adds words to the case's line. */
void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/** `result` and, where that is negative, errno. */
void say_result(long result);
/** The same of a pthread call, which returns its error. */
void say_error(int error);

int64_t now(void);
struct timespec span(int64_t ns);
/** The time on that clock so far from now. */
struct timespec at(clockid_t id, int64_t ns);
/** A wait that was to end then has ended now: says so where that is early, and keeps how late it is. */
void ended(int64_t due);
/** As `ended`, and says how many units after the start that was. */
void ended_after(int64_t start);
void nap(int64_t ns);
/** Runs a part of a case in a process of its own; its words are the case's. */
void in_a_process(void (*part)(const void *), const void *argument);

pthread_t start(void *(*routine)(void *), void *argument);
void join(pthread_t thread);
/** Whatever must not fail. */
void must(bool holds, const char *what);
#define MUST(condition) must(condition, #condition)

#endif
