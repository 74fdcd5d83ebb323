/*
 * Programs that this one becomes, and what those that it starts (spawn.c) get: they are on the clock too, also where they
 * are given an environment of their own, and carry the run's mark, so that what escapes from its process group is found.
 * Not covered: programs without a dynamic linker.
 */
#define _GNU_SOURCE
#include "program.h"
#include "real.h"
#include "slot.h"
#include "wait.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char preload_variable[4352] = "LD_PRELOAD=";
static char clock_variable[256];
static char library_path[4096];

void program_remember(const char *library, const char *clock) {
  snprintf(library_path, sizeof library_path, "%s", library);
  snprintf(preload_variable, sizeof preload_variable, "LD_PRELOAD=%s", library);
  snprintf(clock_variable, sizeof clock_variable, "%s=%s", LEAP_VARIABLE, clock);
}

static bool names(const char *entry, const char *variable) {
  const size_t length = strcspn(variable, "=");
  return strncmp(entry, variable, length) == 0 && entry[length] == '=';
}

size_t program_count(char *const *list) {
  size_t count = 0;
  while (list != NULL && list[count] != NULL) count += 1;
  return count;
}

void program_keep_on_clock(char *const *from, char **out, char *joined, size_t joined_size) {
  size_t used = 0;
  bool preloaded = false, clocked = false, marked = leap->mark[0] == 0;
  for (size_t i = 0; i < program_count(from); i += 1) {
    char *entry = from[i];
    if (names(entry, clock_variable)) clocked = true;
    if (!marked && names(entry, leap->mark)) marked = true;
    if (names(entry, preload_variable)) {
      preloaded = true;
      if (strstr(entry, library_path) == NULL) {
        snprintf(joined, joined_size, "%s:%s", preload_variable, entry + sizeof "LD_PRELOAD=" - 1);
        entry = joined;
      }
    }
    out[used++] = entry;
  }
  if (!preloaded) out[used++] = preload_variable;
  if (!clocked) out[used++] = clock_variable;
  if (!marked) out[used++] = leap->mark;
  out[used] = NULL;
}

/** The program is replaced, or the call fails: until then the thread that asks for it stands for the process. */
static int replaced(int (*execute)(void *), void *call) {
  const int slot = on_clock() ? slot_replaced() : -1;
  const int result = execute(call), error = errno;
  slot_not_replaced(slot);
  errno = error;
  return result;
}
struct exec_call {
  int folder, flags;
  const char *path;
  char *const *arguments, *const *environment;
  int (*real)(const char *, char *const[], char *const[]);
};
static int do_exec(void *given) {
  const struct exec_call *call = given;
  return call->real(call->path, call->arguments, call->environment);
}
static int do_execveat(void *given) {
  const struct exec_call *call = given;
  return (int)as_libc(kernel(SYS_execveat, call->folder, call->path, call->arguments, call->environment, call->flags));
}

EXPORT int execve(const char *path, char *const arguments[], char *const environment[]) {
  REAL(execve);
  if (leap == NULL) return real(path, arguments, environment);
  KEPT(environment);
  return replaced(do_exec, &(struct exec_call){.path = path, .arguments = arguments, .environment = kept, .real = real});
}
EXPORT int execvpe(const char *file, char *const arguments[], char *const environment[]) {
  REAL(execvpe);
  if (leap == NULL) return real(file, arguments, environment);
  KEPT(environment);
  return replaced(do_exec, &(struct exec_call){.path = file, .arguments = arguments, .environment = kept, .real = real});
}
EXPORT int execveat(int folder, const char *path, char *const arguments[], char *const environment[], int flags) {
  struct exec_call call = {.folder = folder, .flags = flags, .path = path, .arguments = arguments, .environment = environment};
  if (leap == NULL) return do_execveat(&call);
  KEPT(environment);
  call.environment = kept;
  return replaced(do_execveat, &call);
}
EXPORT int fexecve(int fd, char *const arguments[], char *const environment[]) {
  return execveat(fd, "", arguments, environment, AT_EMPTY_PATH);
}
EXPORT int execv(const char *path, char *const arguments[]) { return execve(path, arguments, environ); }
EXPORT int execvp(const char *file, char *const arguments[]) { return execvpe(file, arguments, environ); }

/** The arguments given one by one, as an array on the caller's stack; `list` then stands behind their end. */
#define COLLECTED(first, list)                                     \
  va_list counting;                                                \
  size_t count = 1;                                                \
  va_start(counting, first);                                       \
  while (va_arg(counting, char *) != NULL) count += 1;             \
  va_end(counting);                                                \
  char *arguments[count + 1];                                      \
  va_list list;                                                    \
  va_start(list, first);                                           \
  arguments[0] = (char *)first;                                    \
  for (size_t i = 1; i <= count; i += 1) arguments[i] = va_arg(list, char *)

EXPORT int execl(const char *path, const char *first, ...) {
  COLLECTED(first, list);
  va_end(list);
  return execve(path, arguments, environ);
}
EXPORT int execlp(const char *file, const char *first, ...) {
  COLLECTED(first, list);
  va_end(list);
  return execvpe(file, arguments, environ);
}
EXPORT int execle(const char *path, const char *first, ...) {
  COLLECTED(first, list);
  char *const *environment = va_arg(list, char *const *);
  va_end(list);
  return execve(path, arguments, environment);
}
