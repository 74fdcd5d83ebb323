/*
 * The coordinator's owner and the processes speak to it: commands a line each on standard input, answers as JSON lines on
 * standard output, messages of the library on an abstract socket. A thread of its own waits for all of it and calls the main
 * loop, which reads. When standard input ends, the owner is gone, and the run with it.
 */
#define _GNU_SOURCE
#include "coordinator.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

struct seat seats[LEAP_SLOTS];
int timer_fds[LEAP_TIMERS];
struct counts counts;

static int messages = -1, watched = -1;
static _Atomic bool pending;
static bool reported_reached;

static void kick(void) {
  atomic_fetch_add(&leap->kick, 1);
  syscall(SYS_futex, &leap->kick, FUTEX_WAKE, 1, NULL, NULL, 0);
}

static void *watch(void *unused) {
  struct epoll_event event;
  while (epoll_wait(watched, &event, 1, -1) >= 0 || errno == EINTR) {
    atomic_store(&pending, true);
    kick();
  }
  return unused;
}

bool control_pending(void) { return atomic_load(&pending); }

static void add(int fd) {
  struct epoll_event event = {.events = EPOLLIN | EPOLLET | EPOLLRDHUP, .data = {.fd = fd}};
  epoll_ctl(watched, EPOLL_CTL_ADD, fd, &event);
}

void control_start(int memory, const char *mark) {
  memset(timer_fds, -1, sizeof timer_fds);
  for (int i = 0; i < LEAP_SLOTS; i += 1)
    seats[i] = (struct seat){.set = -1, .wake = -1, .stat = -1, .call = -1, .schedstat = -1};
  snprintf(leap->mark, sizeof leap->mark, "%s", mark);
  messages = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const int length = snprintf(address.sun_path + 1, sizeof address.sun_path - 1, LEAP_SOCKET, getpid(),
                              (long long)leap->monotonic_start);
  const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
  if (bind(messages, (struct sockaddr *)&address, size) != 0) {
    perror("Firedrill's clock cannot listen");
    exit(70);
  }
  fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
  watched = epoll_create1(EPOLL_CLOEXEC);
  add(STDIN_FILENO);
  add(messages);
  add(process_events());
  pthread_t thread;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  pthread_create(&thread, NULL, watch, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  printf("{\"ready\":{\"pid\":%d,\"memory\":\"/proc/%d/fd/%d\"}}\n", getpid(), getpid(), memory);
  fflush(stdout);
}

static uint32_t handed;
uint32_t control_handed(void) { return handed; }

static void keep(int *place, int fd) {
  if (*place >= 0) close(*place);
  *place = fd;
}

void control_receive(void) {
  handed = leap->handed;
  for (;;) {
    struct leap_message message;
    union {
      struct cmsghdr header;
      char bytes[CMSG_SPACE(2 * sizeof(int))];
    } control;
    struct iovec part = {&message, sizeof message};
    struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control};
    if (recvmsg(messages, &header, MSG_CMSG_CLOEXEC) < (ssize_t)sizeof message) return;
    const struct cmsghdr *first = CMSG_FIRSTHDR(&header);
    const int *fds = first == NULL ? NULL : (const int *)CMSG_DATA(first);
    if (message.kind == LEAP_HELLO) process_joined(message.pid);
    else if (message.kind == LEAP_OUTSIDER) {
      char text[160];
      snprintf(text, sizeof text, "the peer %s is not on the clock", message.text);
      outsider_seen(text);
    } else if (message.kind == LEAP_SLOT_FDS && fds != NULL && message.index >= 0 && message.index < LEAP_SLOTS) {
      keep(&seats[message.index].set, fds[0]);
      keep(&seats[message.index].wake, fds[1]);
      seats[message.index].handed = (uint32_t)message.handed;
    } else if (message.kind == LEAP_TIMER_FD && message.index >= 0 && message.index < LEAP_TIMERS) {
      keep(&timer_fds[message.index], fds == NULL ? -1 : fds[0]);
      /* Closed: nobody had the entry until now, so that no other timer was shown by this descriptor. */
      if (fds == NULL) leap->timers[message.index].owner = 0;
    }
  }
}

static void report(void) {
  const int64_t incident = leap->now - leap->monotonic_start;
  const int64_t computing = incident - counts.leapt_ns - counts.outside_ns;
  printf("{\"report\":{\"incidentNs\":%lld,\"leaps\":%lld,\"leaptNs\":%lld,\"outsideNs\":%lld,\"computingNs\":%lld,"
         "\"looks\":%lld,\"notQuiet\":%lld,\"processes\":%d,\"outsiders\":%s,\"running\":%s}}\n",
         (long long)incident, (long long)counts.leaps, (long long)counts.leapt_ns, (long long)counts.outside_ns,
         (long long)(computing < 0 ? 0 : computing), (long long)counts.looks, (long long)counts.not_quiet,
         processes_count(), outsiders_json(), running_json());
  fflush(stdout);
}

void control_reached(void) {
  if (reported_reached) return;
  reported_reached = true;
  printf("{\"reached\":%lld}\n", (long long)(leap->now - leap->monotonic_start));
  fflush(stdout);
}

/** `until NS`: goes on to that time since the start and stops there; `started PID GROUP`; `report`; `end`. */
static bool obey(const char *line) {
  long long ns;
  int pid, group;
  if (sscanf(line, "until %lld", &ns) == 1) {
    const int64_t at = ns < 0 ? LEAP_NEVER : leap->monotonic_start + ns;
    reported_reached = false;
    atomic_fetch_add(&leap->releases, 1);
    leap->hold_at = at > leap->now ? at : leap->now;
  } else if (sscanf(line, "started %d %d", &pid, &group) == 2) process_started(pid, (uint32_t)group);
  else if (strcmp(line, "report") == 0) report();
  else if (strcmp(line, "end") == 0) return false;
  return true;
}

static bool read_commands(void) {
  static char text[4096];
  static size_t used;
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, text + used, sizeof text - 1 - used);
    if (got == 0) return false;
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    used += (size_t)got;
    text[used] = 0;
    char *line = text;
    for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
      *end = 0;
      if (!obey(line)) return false;
    }
    used = strlen(line);
    memmove(text, line, used + 1);
  }
}

bool control_serve(void) {
  atomic_store(&pending, false);
  control_receive();
  processes_reap();
  return read_commands();
}
