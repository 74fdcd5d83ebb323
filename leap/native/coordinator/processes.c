/* The processes on the clock: who is there, who has ended, who is stopped. What a dead process had is given back here. */
#define _GNU_SOURCE
#include "coordinator.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct process {
  int pid, descriptor, rank;
  bool stopped;
};
static struct process *processes;
static int count, room, joined;
static int events = -1;
static int stopped_count;

int process_events(void) {
  if (events < 0) events = epoll_create1(EPOLL_CLOEXEC);
  return events;
}

static struct process *process_of(int pid) {
  for (int i = 0; i < count; i += 1)
    if (processes[i].pid == pid) return &processes[i];
  return NULL;
}

void thread_gone(int slot, uint64_t owner) {
  /*
   * A thread is seen as gone a moment before whoever waits for it is woken: both happen while the kernel holds its list of
   * tasks for writing. This call reads that list, so it returns when they are awake.
   */
  getpriority(PRIO_PGRP, 0);
  if (leap->slot[slot].owner == owner) {
    leap->states[slot] = LEAP_UNUSED;
    atomic_compare_exchange_strong(&leap->slot[slot].owner, &owner, 0);
  }
  /* It may have been the first of a process that ends: look who of the others is still there, and at its parent. */
  leap->signals += 1;
}

static void give_back(int pid) {
  for (uint32_t i = 0; i < leap->slots; i += 1) {
    const uint64_t owner = leap->slot[i].owner;
    if (leap_pid(owner) == pid) thread_gone((int)i, owner);
  }
  for (int i = 0; i < LEAP_TIMERS; i += 1) {
    if (leap->timers[i].owner == 0 || leap_pid(leap->timers[i].owner) != pid) continue;
    leap->timers[i].due = LEAP_NEVER;
    leap->timers[i].owner = 0;
  }
  for (int i = 0; i < LEAP_ANSWERS; i += 1) {
    if (leap->answers[i].owner == 0 || leap_pid(leap->answers[i].owner) != pid) continue;
    leap->answers[i].owner = 0;
    atomic_fetch_sub(&leap->answers_due, 1);
  }
  /* Its parent may have been woken by that. */
  leap->signals += 1;
}

void process_joined(int pid) {
  if (process_of(pid) != NULL) return;
  const int descriptor = (int)syscall(SYS_pidfd_open, pid, 0);
  if (descriptor < 0) {
    give_back(pid);
    return;
  }
  if (count == room) {
    room = room == 0 ? 64 : room * 2;
    processes = realloc(processes, (size_t)room * sizeof *processes);
  }
  processes[count++] = (struct process){.pid = pid, .descriptor = descriptor, .rank = joined++};
  struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data = {.fd = descriptor}};
  epoll_ctl(process_events(), EPOLL_CTL_ADD, descriptor, &event);
}

static bool is_enrolled(int pid) {
  for (uint32_t i = 0; i < leap->slots; i += 1)
    if (leap_pid(leap->slot[i].owner) == pid) return true;
  return false;
}

void process_started(int pid, uint32_t group) {
  process_joined(pid);
  if (process_of(pid) == NULL || is_enrolled(pid)) return;
  for (uint32_t i = 0; i < LEAP_SLOTS; i += 1) {
    uint64_t nobody = 0;
    if (!atomic_compare_exchange_strong(&leap->slot[i].owner, &nobody, leap_owner(pid, 0))) continue;
    leap->slot[i].deadline = LEAP_NEVER;
    leap->slot[i].woke_ns = 0;
    leap->slot[i].way = LEAP_PARKED;
    leap->slot[i].group = group;
    leap->states[i] = LEAP_RUNNING;
    uint32_t slots = leap->slots;
    while (slots < i + 1 && !atomic_compare_exchange_weak(&leap->slots, &slots, i + 1)) continue;
    /* It may have come meanwhile, and taken another. */
    for (uint32_t k = 0; k < leap->slots; k += 1)
      if (k != i && leap_pid(leap->slot[k].owner) == pid) thread_gone((int)i, leap_owner(pid, 0));
    return;
  }
}

void processes_reap(void) {
  struct epoll_event ended[16];
  int ready;
  while ((ready = epoll_wait(process_events(), ended, 16, 0)) > 0)
    for (int i = 0; i < ready; i += 1)
      for (int k = 0; k < count; k += 1) {
        if (processes[k].descriptor != ended[i].data.fd) continue;
        give_back(processes[k].pid);
        close(processes[k].descriptor);
        stopped_count -= processes[k].stopped;
        processes[k] = processes[--count];
        break;
      }
}

static bool reads_stopped(int pid) {
  char path[64], text[256];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  const ssize_t size = read(fd, text, sizeof text - 1);
  close(fd);
  if (size <= 0) return false;
  text[size] = 0;
  const char *state = strrchr(text, ')');
  return state != NULL && (state[2] == 'T' || state[2] == 't');
}

void processes_look_for_stopped(void) {
  stopped_count = 0;
  for (int i = 0; i < count; i += 1) {
    processes[i].stopped = reads_stopped(processes[i].pid);
    stopped_count += processes[i].stopped;
  }
}

bool any_stopped(void) { return stopped_count > 0; }
bool process_is_stopped(int pid) {
  if (stopped_count == 0) return false;
  const struct process *process = process_of(pid);
  return process != NULL && process->stopped;
}

int process_rank(int pid) {
  const struct process *process = process_of(pid);
  return process == NULL ? -1 : process->rank;
}

int processes_count(void) { return count; }

/** The end of this pipe that only the coordinator has: see library/life.c. */
static int life = -1;

void processes_tie(void) {
  int ends[2];
  struct stat file;
  if (pipe2(ends, O_CLOEXEC) != 0 || fstat(ends[0], &file) != 0) {
    perror("Firedrill's clock cannot make a pipe");
    exit(70);
  }
  life = ends[1];
  leap->life = ends[0];
  leap->life_inode = file.st_ino;
}

void processes_kill(void) {
  enum { LIMIT_NS = 5000000000 };
  const int64_t limit = wall_ns() + LIMIT_NS;
  close(life);
  do {
    /* Also those that are not tied. Who has not said yet that he is there cannot be tied any more, and ends. */
    control_receive();
    for (int i = 0; i < count; i += 1) syscall(SYS_pidfd_send_signal, processes[i].descriptor, SIGKILL, NULL, 0);
    struct pollfd one = {.fd = process_events(), .events = POLLIN};
    if (count > 0) poll(&one, 1, 1000);
    processes_reap();
  } while (count > 0 && wall_ns() < limit);
}
