/* Programs that this one starts: each counts as running from before it exists. */
#define _GNU_SOURCE
#include "program.h"
#include "real.h"
#include "slot.h"
#include "wait.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/** A spawned program counts from before it exists; the call returns when it has become the program or failed to. */
static int counted(pid_t *pid, int (*spawn)(void *, pid_t *), void *call) {
  if (!on_clock()) return spawn(call, pid);
  clock_publish();
  const int slot = slot_reserve();
  pid_t started = 0;
  /* It stands still until the child has become the program. */
  wait_unseen_begin();
  const int error = spawn(call, &started);
  wait_unseen_end();
  if (error != 0) slot_release(slot, leap_owner(getpid(), 0));
  else slot_started(slot, started);
  if (pid != NULL && error == 0) *pid = started;
  return error;
}

struct spawn_call {
  const char *path;
  const posix_spawn_file_actions_t *actions;
  const posix_spawnattr_t *attributes;
  char *const *arguments, *const *environment;
  __typeof__(&posix_spawn) spawn;
};
static int do_spawn(void *given, pid_t *pid) {
  const struct spawn_call *call = given;
  return call->spawn(pid, call->path, call->actions, call->attributes, call->arguments, call->environment);
}

EXPORT int posix_spawn(pid_t *restrict pid, const char *restrict path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *restrict attributes, char *const arguments[restrict],
                       char *const environment[restrict]) {
  REAL(posix_spawn);
  if (leap == NULL) return real(pid, path, actions, attributes, arguments, environment);
  KEPT(environment);
  struct spawn_call call = {path, actions, attributes, arguments, kept, real};
  return counted(pid, do_spawn, &call);
}
EXPORT int posix_spawnp(pid_t *restrict pid, const char *restrict file, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *restrict attributes, char *const arguments[restrict],
                        char *const environment[restrict]) {
  REAL(posix_spawnp);
  if (leap == NULL) return real(pid, file, actions, attributes, arguments, environment);
  KEPT(environment);
  struct spawn_call call = {file, actions, attributes, arguments, kept, real};
  return counted(pid, do_spawn, &call);
}

/** The shell with a command, waited for; as libc has it, no signal of the terminal or of its end is for the caller meanwhile. */
EXPORT int system(const char *command) {
  REAL(system);
  if (!on_clock() || command == NULL) return real(command);
  char *const arguments[] = {"sh", "-c", (char *)command, NULL};
  pid_t pid = -1;
  int status = -1;
  struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
  sigset_t child, before;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  pthread_sigmask(SIG_BLOCK, &child, &before);
  posix_spawnattr_t attributes;
  sigset_t defaults;
  sigemptyset(&defaults);
  if (interrupt.sa_handler != SIG_IGN) sigaddset(&defaults, SIGINT);
  if (quit.sa_handler != SIG_IGN) sigaddset(&defaults, SIGQUIT);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &before);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  if (posix_spawn(&pid, "/bin/sh", NULL, &attributes, arguments, environ) == 0)
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  posix_spawnattr_destroy(&attributes);
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGQUIT, &quit, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return status;
}

/** A stream to or from a shell's command, and the process that it belongs to. */
struct stream {
  struct stream *next;
  FILE *file;
  pid_t pid;
};
static struct stream *streams;
static pthread_mutex_t streams_lock = PTHREAD_MUTEX_INITIALIZER;

/** Of earlier streams the command must not have the ends, or their readers would wait for it too. */
static FILE *open_stream(const char *command, bool reads, bool kept_on_exec) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return NULL;
  const int own = reads ? ends[0] : ends[1], given = reads ? ends[1] : ends[0];
  char *const arguments[] = {"sh", "-c", (char *)command, NULL};
  struct stream *stream = malloc(sizeof *stream);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, given, reads ? STDOUT_FILENO : STDIN_FILENO);
  for (const struct stream *each = streams; each != NULL; each = each->next)
    posix_spawn_file_actions_addclose(&actions, fileno(each->file));
  const int error = posix_spawn(&stream->pid, "/bin/sh", &actions, NULL, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(given);
  if (error == 0) stream->file = fdopen(own, reads ? "r" : "w");
  if (error != 0) {
    close(own);
    free(stream);
    errno = error;
    return NULL;
  }
  if (kept_on_exec) fcntl(own, F_SETFD, 0);
  stream->next = streams;
  streams = stream;
  return stream->file;
}

EXPORT FILE *popen(const char *command, const char *mode) {
  REAL(popen);
  if (!on_clock() || (mode[0] != 'r' && mode[0] != 'w')) return real(command, mode);
  pthread_mutex_lock(&streams_lock);
  FILE *file = open_stream(command, mode[0] == 'r', strchr(mode, 'e') == NULL);
  pthread_mutex_unlock(&streams_lock);
  return file;
}

EXPORT int pclose(FILE *file) {
  REAL(pclose);
  struct stream *found = NULL;
  pthread_mutex_lock(&streams_lock);
  for (struct stream **each = &streams; *each != NULL && found == NULL;) {
    if ((*each)->file == file) {
      found = *each;
      *each = found->next;
    } else each = &(*each)->next;
  }
  pthread_mutex_unlock(&streams_lock);
  if (found == NULL) return real(file);
  int status = -1;
  fclose(file);
  while (waitpid(found->pid, &status, 0) < 0 && errno == EINTR) continue;
  free(found);
  return status;
}
