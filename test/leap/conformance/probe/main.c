/* `probe` lists its subjects; `probe SUBJECT [CASE]` runs cases, a process and a line each. PROBE_UNIT_MS is the unit. */
#define _GNU_SOURCE
#include "probe.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int64_t unit;
static struct probe_case *first, **last = &first;
static char line[16384];
static size_t used;
static int64_t latest;
static pthread_mutex_t saying = PTHREAD_MUTEX_INITIALIZER;

void probe_add(struct probe_case *one) {
  *last = one;
  last = &one->next;
}

void say(const char *format, ...) {
  va_list list;
  va_start(list, format);
  pthread_mutex_lock(&saying);
  line[used++] = ' ';
  used += (size_t)vsnprintf(line + used, sizeof line - used, format, list);
  if (used > sizeof line - 2) used = sizeof line - 2;
  pthread_mutex_unlock(&saying);
  va_end(list);
}
void say_error(int error) { say("%s", error == 0 ? "ok" : strerrorname_np(error)); }
void say_result(long result) {
  if (result < 0) say_error(errno);
  else say("%ld", result);
}

int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}
struct timespec span(int64_t ns) { return (struct timespec){.tv_sec = ns / 1000000000, .tv_nsec = ns % 1000000000}; }
struct timespec at(clockid_t id, int64_t ns) {
  struct timespec t;
  clock_gettime(id, &t);
  return span(t.tv_sec * 1000000000LL + t.tv_nsec + ns);
}

void ended(int64_t due) {
  const int64_t late = now() - due;
  if (late < 0) say("EARLY by %lld us", (long long)(-late / 1000));
  pthread_mutex_lock(&saying);
  if (late > latest) latest = late;
  pthread_mutex_unlock(&saying);
}
void ended_after(int64_t begun) {
  const int64_t units = (now() - begun) / unit;
  say("after %lld", (long long)units);
  ended(begun + units * unit);
}
void nap(int64_t ns) {
  struct timespec left = span(ns);
  while (nanosleep(&left, &left) != 0) continue;
}

pthread_t start(void *(*routine)(void *), void *argument) {
  pthread_t thread;
  MUST(pthread_create(&thread, NULL, routine, argument) == 0);
  return thread;
}
void join(pthread_t thread) { MUST(pthread_join(thread, NULL) == 0); }

/** What this process and those that it waited for have computed, ns: as the kernel accounts for it, so with what a
    hypervisor took from a thread that was running. */
static int64_t computed(void) {
  struct timespec own;
  MUST(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own) == 0);
  struct rusage children;
  MUST(getrusage(RUSAGE_CHILDREN, &children) == 0);
  const int64_t seconds = own.tv_sec + children.ru_utime.tv_sec + children.ru_stime.tv_sec;
  return seconds * 1000000000LL + own.tv_nsec + (children.ru_utime.tv_usec + children.ru_stime.tv_usec) * 1000LL;
}
/** A case's line. Computing is the one thing that takes time on the clock, so it is no lateness; the rest is. */
static void finish(const char *name) {
  char text[16800];
  const int64_t beyond = latest - computed();
  const int size =
      snprintf(text, sizeof text, "%s:%s | %lld\n", name, line, (long long)(beyond > 0 ? beyond / 1000 : 0));
  MUST(write(STDOUT_FILENO, text, (size_t)size) == size);
  _exit(0);
}
struct words {
  int64_t latest;
  char line[sizeof line];
};
void in_a_process(void (*part)(const void *), const void *argument) {
  int ends[2], status;
  MUST(pipe(ends) == 0);
  const pid_t child = fork();
  if (child == 0) {
    used = 0;
    line[0] = 0;
    part(argument);
    struct words words = {.latest = latest};
    snprintf(words.line, sizeof words.line, "%s", line);
    MUST(write(ends[1], &words, sizeof words) == sizeof words);
    _exit(0);
  }
  close(ends[1]);
  struct words words;
  const ssize_t size = read(ends[0], &words, sizeof words);
  while (waitpid(child, &status, 0) < 0) continue;
  close(ends[0]);
  if (size != sizeof words) say("[ended with %x]", status);
  else {
    say("[%s ]", words.line);
    if (words.latest > latest) latest = words.latest;
  }
}
void must(bool holds, const char *what) {
  if (holds) return;
  dprintf(STDERR_FILENO, "the probe failed: %s (%s)\n", what, strerrorname_np(errno));
  _exit(99);
}

static void run(const struct probe_case *one) {
  const pid_t child = fork();
  if (child == 0) {
    dprintf(STDOUT_FILENO, "# %s\n", one->name);
    if (one->run_with != NULL) one->run_with(one->argument);
    else one->run();
    finish(one->name);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0) continue;
  if (WIFSIGNALED(status)) printf("%s: killed by %s | 0\n", one->name, strsignal(WTERMSIG(status)));
  else if (WEXITSTATUS(status) != 0) printf("%s: exit %d | 0\n", one->name, WEXITSTATUS(status));
  fflush(stdout);
}

/** Rôles of this program's own in cases that start another: see programs.c. */
int role_of(const char *name, char **arguments);

int main(int count, char **arguments) {
  const char *given = getenv("PROBE_UNIT_MS");
  unit = (given == NULL ? 20 : atoll(given)) * 1000000;
  if (count > 2 && strcmp(arguments[1], "role") == 0) return role_of(arguments[2], arguments + 3);
  const char *listed = "";
  for (const struct probe_case *each = first; each != NULL; each = each->next) {
    if (count == 1 && strcmp(listed, each->subject) != 0) printf("%s\n", listed = each->subject);
    if (count > 1 && strcmp(each->subject, arguments[1]) == 0 && (count == 2 || strcmp(each->name, arguments[2]) == 0))
      run(each);
  }
  return 0;
}
