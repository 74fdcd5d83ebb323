/*
 * Whether everything waits: no thread runs, none has anything to read, none has been woken in the kernel without our knowing,
 * and no packet is on its way. The looks are in such an order that what happens meanwhile is seen by a later one: whoever
 * could still do anything would count as running, or would have moved the epoch.
 */
#define _GNU_SOURCE
#include "coordinator.h"
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Wall time for which an answer from outside is waited for. */
#define ANSWER_LIMIT_NS 10000000000LL

static struct pollfd polled[LEAP_SLOTS];
static int polled_slot[LEAP_SLOTS];
static int polled_count;

static bool is_left_out(uint32_t slot) { return process_is_stopped(leap_pid(leap->slot[slot].owner)); }

static bool anyone_runs(void) {
  for (uint32_t i = 0; i < leap->slots; i += 1)
    if (leap_runs(leap->states[i]) && !seats[i].asleep && !is_left_out(i)) return true;
  return false;
}

/**
 * How many threads have something to read; they are the ones with an event in `polled`. A thread whose descriptors have not
 * come yet counts too.
 */
static int look_into_sets(void) {
  int unknown = 0;
  polled_count = 0;
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    if (leap->states[i] != LEAP_WAITING || leap->slot[i].way != LEAP_POLLING || is_left_out(i)) continue;
    if (!seat_is_current((int)i)) {
      unknown += 1;
      continue;
    }
    polled_slot[polled_count] = (int)i;
    polled[polled_count++] = (struct pollfd){.fd = seats[i].set, .events = POLLIN};
  }
  return unknown + (polled_count == 0 ? 0 : poll(polled, (nfds_t)polled_count, 0));
}

/** Threads in the kernel, and those seen asleep on a lock: one that no longer sleeps has been woken. */
static bool anyone_woken(bool all) {
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    const uint32_t state = leap->states[i];
    const bool unseen = state == LEAP_WAITING && (all || leap->slot[i].way >= LEAP_UNSEEN);
    const bool asleep = leap_runs(state) && seats[i].asleep;
    if ((!unseen && !asleep) || is_left_out(i)) continue;
    const enum sight sight = look_whether_asleep((int)i);
    if (sight == SIGHT_SLEEPS || sight == SIGHT_STOPPED) continue;
    if (sight == SIGHT_GONE) thread_gone((int)i, seats[i].owner);
    seats[i].asleep = false;
    return true;
  }
  return false;
}

/** Packets that the kernel has taken from a sender and not yet given to the receiver. */
static bool packets_under_way(void) {
  static int fd = -2;
  if (fd == -2) fd = open("/proc/net/softnet_stat", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  static char text[65536];
  const ssize_t size = pread(fd, text, sizeof text - 1, 0);
  if (size <= 0) return false;
  text[size] = 0;
  /* A line a processor, fixed in width; the twelfth number is the length of its queue. */
  for (const char *line = text; line != NULL && *line != 0;) {
    const char *end = strchr(line, '\n');
    if (strlen(line) > 107 && strncmp(line + 99, "00000000", 8) != 0 && line[107] == ' ') return true;
    line = end == NULL ? NULL : end + 1;
  }
  return false;
}

static bool answers_are_due(void) {
  if (leap->answers_due == 0) return false;
  const int64_t wall = wall_ns();
  for (int i = 0; i < LEAP_ANSWERS; i += 1)
    if (leap->answers[i].owner != 0 && wall - leap->answers[i].since_wall < ANSWER_LIMIT_NS) return true;
  return false;
}

/** What a packet on its way becomes: bytes in a socket, and then a thread that is woken. So the looks go that way too. */
enum quiet look_for_quiet(uint64_t epoch) {
  static uint32_t signals_seen;
  counts.looks += 1;
  if (packets_under_way()) return NOT_QUIET;
  if (look_into_sets() > 0 && leap->mode != LEAP_MODE_FREE) return NOT_QUIET;
  const uint32_t signals = leap->signals;
  if (signals != signals_seen) processes_look_for_stopped();
  if (anyone_woken(signals != signals_seen)) return NOT_QUIET;
  if (leap->epoch != epoch || anyone_runs() || leap->signals != signals) return NOT_QUIET;
  if (leap->handed != control_handed() || control_pending()) return NOT_QUIET;
  signals_seen = signals;
  return answers_are_due() ? QUIET_OUTSIDE : QUIET;
}

bool give_turn(void) {
  static int last = -1;
  int next = -1, first = -1;
  const int64_t now = leap->now;
  static bool ready[LEAP_SLOTS];
  memset(ready, 0, leap->slots);
  look_into_sets();
  for (int i = 0; i < polled_count; i += 1) ready[polled_slot[i]] = polled[i].revents != 0;
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    if (leap->states[i] != LEAP_WAITING || is_left_out(i)) continue;
    ready[i] = ready[i] || leap->slot[i].deadline <= now;
    const int rank = process_rank(leap_pid(leap->slot[i].owner));
    if (!ready[i]) continue;
    if (first < 0 || rank < first) first = rank;
    if (rank > last && (next < 0 || rank < next)) next = rank;
  }
  if (first < 0) return false;
  last = next >= 0 ? next : first;
  for (uint32_t i = 0; i < leap->slots; i += 1)
    if (ready[i] && process_rank(leap_pid(leap->slot[i].owner)) == last) wake((int)i);
  return true;
}
