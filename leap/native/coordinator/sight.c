/*
 * What only /proc shows: whether a thread that counts as running is on a core or waits for one, and whether one that waits
 * in the kernel does so still. The kernel marks a thread as runnable before whoever woke it goes on, so a thread that is
 * seen asleep while nobody runs will not wake by itself. Whatever waits for something outside the clock is named.
 */
#define _GNU_SOURCE
#include "coordinator.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static void path_of(int slot, const char *file, char *path, size_t size) {
  const uint64_t owner = leap->slot[slot].owner;
  const int pid = leap_pid(owner), tid = leap_tid(owner);
  snprintf(path, size, "/proc/%d/task/%d/%s", pid, tid == 0 ? pid : tid, file);
}

static ssize_t read_file(const char *path, char *text, size_t size) {
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return -1;
  const ssize_t got = read(fd, text, size - 1);
  close(fd);
  if (got >= 0) text[got] = 0;
  return got;
}

/** One of a thread's files, opened once; -1 where there is no such thread. */
static int file_of(int slot, int *file, const char *name) {
  struct seat *seat = &seats[slot];
  const uint64_t owner = leap->slot[slot].owner;
  if (seat->owner != owner) {
    if (seat->stat >= 0) close(seat->stat);
    if (seat->call >= 0) close(seat->call);
    if (seat->schedstat >= 0) close(seat->schedstat);
    seat->stat = seat->call = seat->schedstat = -1;
    seat->asleep = seat->outsider = false;
    seat->outside_since = 0;
    seat->owner = owner;
  }
  if (*file >= 0) return *file;
  char path[80];
  path_of(slot, name, path, sizeof path);
  return *file = open(path, O_RDONLY | O_CLOEXEC);
}

int schedstat_of(int slot) { return file_of(slot, &seats[slot].schedstat, "schedstat"); }

/** `S`, `R`, … or 0 where there is no such thread. */
static char state_of(int slot) {
  const int fd = file_of(slot, &seats[slot].stat, "stat");
  char text[160];
  const ssize_t size = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, 0);
  if (size <= 0) return 0;
  text[size] = 0;
  const char *state = strrchr(text, ')');
  return state == NULL ? 0 : state[2];
}

/**
 * The system call in which a thread sleeps; false where it runs. A thread that is about to sleep is called asleep by its
 * state already, and may still find that it need not; this file's answer comes when it has left its core.
 */
static bool call_of(int slot, long *number, unsigned long arguments[6]) {
  const int fd = file_of(slot, &seats[slot].call, "syscall");
  char text[256];
  const ssize_t size = fd < 0 ? -1 : pread(fd, text, sizeof text - 1, 0);
  *number = -1;
  /* Not ours to see: its state is all that is known. */
  if (size <= 0) return errno == EACCES || errno == EPERM;
  text[size] = 0;
  if (strncmp(text, "running", 7) == 0) return false;
  sscanf(text, "%ld %lx %lx %lx %lx %lx %lx", number, &arguments[0], &arguments[1], &arguments[2], &arguments[3],
         &arguments[4], &arguments[5]);
  return true;
}

/** What a state letter says by itself. A leader that is a zombie is gone; another thread is when its files are. */
static enum sight sight_of(int slot, char state) {
  const uint64_t owner = leap->slot[slot].owner;
  const bool leads = leap_tid(owner) == 0 || leap_tid(owner) == leap_pid(owner);
  if (state == 0 || (state == 'Z' && leads)) return SIGHT_GONE;
  if (state == 'T' || state == 't') return SIGHT_STOPPED;
  return state == 'S' || state == 'I' ? SIGHT_SLEEPS : SIGHT_COMPUTES;
}

enum sight look_whether_asleep(int slot) {
  const enum sight sight = sight_of(slot, state_of(slot));
  long number;
  unsigned long arguments[6];
  return sight == SIGHT_SLEEPS && !call_of(slot, &number, arguments) ? SIGHT_COMPUTES : sight;
}

/** Calls that end by what another thread of the run does, or by a signal: whoever that is, is seen. */
static bool waits_for_a_thread(long number, const unsigned long arguments[6]) {
  switch (number) {
  case SYS_futex: {
    const int command = (int)arguments[1] & FUTEX_CMD_MASK;
    return command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET || command == FUTEX_LOCK_PI ? arguments[3] == 0 : true;
  }
  case SYS_read:
  case SYS_readv:
  case SYS_recvfrom:
  case SYS_recvmsg:
  case SYS_write:
  case SYS_writev:
  case SYS_sendto:
  case SYS_sendmsg:
  case SYS_accept4:
  case SYS_wait4:
  case SYS_waitid:
  case SYS_rt_sigsuspend:
  case SYS_flock:
    return true;
  default:
    return false;
  }
}

static void name_outsider(int slot, const char *how) {
  const uint64_t owner = leap->slot[slot].owner;
  char path[80], name[64] = "?", text[192];
  path_of(slot, "comm", path, sizeof path);
  if (read_file(path, name, sizeof name) > 0) name[strcspn(name, "\n")] = 0;
  if (leap_tid(owner) == 0)
    snprintf(text, sizeof text, "%s is not on the clock: a program without a dynamic linker, such as one in Go", name);
  else snprintf(text, sizeof text, "%s %s", name, how);
  outsider_seen(text);
}

/**
 * A moment in the kernel, as on a lock of its own, takes no time: on a busy machine that is waiting for a core. What lasts
 * takes the wall's, and is worth a word. A page that comes from a disk, a thread's start and its end are the machine's
 * weather, as a core is, and may last longer.
 */
enum { OUTSIDE_AFTER_NS = 100000000, WEATHER_NS = 1000000000 };

static enum sight outside(int slot, const char *how, bool weather) {
  struct seat *seat = &seats[slot];
  const uint64_t owner = leap->slot[slot].owner;
  const bool known = process_rank(leap_pid(owner)) >= 0;
  /* A slot of a known process without a thread is that of one which is about to start: its first thread may sleep. */
  if (known && (leap_tid(owner) == 0 || leap->slot[slot].certain)) weather = true;
  /* A program that is not on the clock by then never will be: whatever it waits for takes time at once. */
  /* Who is seen to wait for so short a time may be so by chance: in free mode none of that may show. */
  const bool excused = weather || leap->mode == LEAP_MODE_FREE;
  const int64_t after = seat->outsider ? 0 : excused ? WEATHER_NS : OUTSIDE_AFTER_NS;
  /* It has been somewhere else meanwhile, so this is another wait. */
  const bool another = seat->outside_woke != leap->slot[slot].woke_ns;
  if (seat->outside_since == 0 || another) seat->outside_since = wall_ns();
  seat->outside_woke = leap->slot[slot].woke_ns;
  if (wall_ns() - seat->outside_since < after) return SIGHT_WAITS;
  seat->outsider = !known;
  name_outsider(slot, how);
  return SIGHT_OUTSIDE;
}

/** Asleep in the kernel, and the library does not know of it. */
static enum sight look_into_call(int slot) {
  char how[96];
  long number;
  unsigned long arguments[6] = {0};
  /* It is running by now. */
  if (!call_of(slot, &number, arguments) || number < 0) {
    seats[slot].outside_since = 0;
    return SIGHT_COMPUTES;
  }
  const bool certain = leap->slot[slot].certain || leap_tid(leap->slot[slot].owner) == 0;
  if (!certain && waits_for_a_thread(number, arguments)) {
    seats[slot].asleep = true;
    return SIGHT_SLEEPS;
  }
  snprintf(how, sizeof how, "waits in system call %ld, which the clock does not see", number);
  return outside(slot, how, false);
}

enum sight look_at(int slot) {
  /* Between two stores of whoever takes the slot. */
  if (leap->slot[slot].owner == 0) return SIGHT_COMPUTES;
  const char state = state_of(slot);
  struct seat *seat = &seats[slot];
  seat->asleep = false;
  enum sight sight = sight_of(slot, state);
  if (state == 'D') sight = leap->mode == LEAP_MODE_FREE ? SIGHT_WAITS : outside(slot, "waits for a disk", true);
  else if (sight == SIGHT_SLEEPS) sight = look_into_call(slot);
  if (sight != SIGHT_OUTSIDE && sight != SIGHT_WAITS) seat->outside_since = 0;
  return sight;
}

enum { OUTSIDERS = 32 };
static char outsiders[OUTSIDERS][192];
static int outsider_count;

void outsider_seen(const char *text) {
  for (int i = 0; i < outsider_count; i += 1)
    if (strncmp(outsiders[i], text, sizeof outsiders[i] - 1) == 0) return;
  if (outsider_count < OUTSIDERS) snprintf(outsiders[outsider_count++], sizeof outsiders[0], "%s", text);
}

/** A list of strings, as far as they fit. */
struct json {
  char text[OUTSIDERS * 400];
  size_t used;
};
static void add(struct json *json, const char *text) {
  if (json->used + 2 * strlen(text) + 8 > sizeof json->text) return;
  json->text[json->used] = json->used == 0 ? '[' : ',';
  json->used += 1;
  json->text[json->used++] = '"';
  for (const char *c = text; *c != 0; c += 1) {
    if (*c == '"' || *c == '\\') json->text[json->used++] = '\\';
    json->text[json->used++] = (unsigned char)*c < ' ' ? ' ' : *c;
  }
  json->text[json->used++] = '"';
}
static const char *whole(struct json *json) {
  snprintf(json->text + json->used, sizeof json->text - json->used, json->used == 0 ? "[]" : "]");
  return json->text;
}

const char *outsiders_json(void) {
  static struct json json;
  json.used = 0;
  for (int i = 0; i < outsider_count; i += 1) add(&json, outsiders[i]);
  return whole(&json);
}

const char *running_json(void) {
  static struct json json;
  json.used = 0;
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    if (!leap_runs(leap->states[i])) continue;
    const uint64_t owner = leap->slot[i].owner;
    char path[80], name[64] = "?", text[192];
    long number;
    unsigned long arguments[6];
    path_of((int)i, "comm", path, sizeof path);
    if (read_file(path, name, sizeof name) > 0) name[strcspn(name, "\n")] = 0;
    const int used = snprintf(text, sizeof text, "%s, process %d, thread %d: ", name, leap_pid(owner), leap_tid(owner));
    const bool runs = sight_of((int)i, state_of((int)i)) != SIGHT_SLEEPS || !call_of((int)i, &number, arguments);
    if (leap_tid(owner) == 0) snprintf(text + used, sizeof text - (size_t)used, "is not on the clock yet");
    else if (runs) snprintf(text + used, sizeof text - (size_t)used, "computes");
    else snprintf(text + used, sizeof text - (size_t)used, "sleeps in system call %ld", number);
    add(&json, text);
  }
  return whole(&json);
}
