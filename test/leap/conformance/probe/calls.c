/* See calls.h. A call with a time limit has a long one; a sleep lasts two units. */
#define _GNU_SOURCE
#include "calls.h"
#include <linux/futex.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int in[2], full[2], pair[2], limited[2], full_pair[2], listener, epoll;
static sem_t semaphore;
static pthread_cond_t cond;
pthread_mutex_t call_mutex;
static uint32_t word;
static bool given;
static struct sockaddr_un address;
static pid_t child;
static pthread_t other;
/** Who makes the call; SIGUSR2 is sent to it. */
static pthread_t caller;

static void *ends_by_itself(void *unused) {
  nap(2 * unit);
  return unused;
}

void calls_prepare(void) {
  static int number;
  MUST(pipe(in) == 0 && pipe(full) == 0);
  MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, limited) == 0);
  MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, full_pair) == 0);
  static char data[65536];
  MUST(write(full[1], data, sizeof data) == sizeof data);
  while (send(full_pair[1], data, 4096, MSG_DONTWAIT) > 0) continue;
  const struct timeval limit = {.tv_sec = LONG / 1000000000 + 1};
  MUST(setsockopt(limited[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0);
  listener = socket(AF_UNIX, SOCK_STREAM, 0);
  address = (struct sockaddr_un){.sun_family = AF_UNIX};
  address.sun_path[1] = (char)(++number);
  memcpy(address.sun_path + 2, &(int){getpid()}, sizeof(int));
  MUST(bind(listener, (struct sockaddr *)&address, 20) == 0 && listen(listener, 4) == 0);
  epoll = epoll_create1(0);
  struct epoll_event event = {.events = EPOLLIN};
  MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, in[0], &event) == 0);
  sem_init(&semaphore, 0, 0);
  pthread_cond_init(&cond, NULL);
  pthread_mutex_init(&call_mutex, NULL);
  word = 0;
  given = false;
}

void calls_finish(void) {
  static char data[65536];
  MUST(write(in[1], "x", 1) == 1 && send(pair[1], "x", 1, 0) == 1 && send(limited[1], "x", 1, 0) == 1);
  MUST(read(full[0], data, sizeof data) == sizeof data);
  while (recv(full_pair[0], data, sizeof data, MSG_DONTWAIT) > 0) continue;
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  MUST(connect(fd, (struct sockaddr *)&address, 20) == 0);
  sem_post(&semaphore);
  pthread_mutex_lock(&call_mutex);
  given = true;
  pthread_cond_broadcast(&cond);
  pthread_mutex_unlock(&call_mutex);
  __atomic_store_n(&word, 1, __ATOMIC_SEQ_CST);
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 9, NULL, NULL, 0);
  syscall(SYS_futex, &word, FUTEX_WAKE, 9, NULL, NULL, 0);
  if (caller != 0) pthread_kill(caller, SIGUSR2);
}

static char byte;
static struct iovec part = {&byte, 1};
static struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
static struct pollfd one(void) { return (struct pollfd){.fd = in[0], .events = POLLIN}; }

static long call_nanosleep(void) {
  const struct timespec time = span(2 * unit);
  struct timespec left = {0};
  const int result = nanosleep(&time, &left);
  const int64_t ns = left.tv_sec * 1000000000LL + left.tv_nsec;
  if (result != 0) say("%s", ns > 0 && ns < unit + unit / 2 ? "a unit left" : "LEFT IS WRONG");
  return result;
}
static long call_clock_nanosleep(void) {
  const struct timespec time = span(2 * unit);
  struct timespec left = {0};
  errno = clock_nanosleep(CLOCK_MONOTONIC, 0, &time, &left);
  return errno == 0 ? 0 : -1;
}
static long call_clock_nanosleep_to(void) {
  const struct timespec time = at(CLOCK_REALTIME, 2 * unit);
  errno = clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &time, NULL);
  return errno == 0 ? 0 : -1;
}
static fd_set set(void) {
  fd_set all;
  FD_ZERO(&all);
  FD_SET(in[0], &all);
  return all;
}
static long call_select(void) { return select(in[0] + 1, &(fd_set[]){set()}[0], NULL, NULL, NULL); }
static long call_pselect(void) {
  const struct timespec time = span(LONG);
  return pselect(in[0] + 1, &(fd_set[]){set()}[0], NULL, NULL, &time, NULL);
}
static long call_poll(void) { return poll(&(struct pollfd[]){one()}[0], 1, -1); }
static long call_ppoll(void) {
  const struct timespec time = span(LONG);
  return ppoll(&(struct pollfd[]){one()}[0], 1, &time, NULL);
}
static struct epoll_event event;
static long call_epoll_wait(void) { return epoll_wait(epoll, &event, 1, -1); }
static long call_epoll_pwait2(void) { return epoll_pwait2(epoll, &event, 1, &(struct timespec[]){span(LONG)}[0], NULL); }
static long call_read(void) { return read(in[0], &byte, 1); }
static long call_readv(void) { return readv(in[0], &part, 1); }
static long call_recv(void) { return recv(pair[0], &byte, 1, 0); }
static long call_recvmsg(void) { return recvmsg(pair[0], &header, 0); }
static long call_recv_limited(void) { return recv(limited[0], &byte, 1, 0); }
static long call_accept(void) { return accept(listener, NULL, NULL) > 0 ? 1 : -1; }
static long call_write(void) { return write(full[1], &byte, 1); }
static long call_send(void) { return send(full_pair[1], &byte, 1, MSG_NOSIGNAL); }
static long call_sem_wait(void) { return sem_wait(&semaphore); }
static long call_sem_timedwait(void) { return sem_timedwait(&semaphore, &(struct timespec[]){at(CLOCK_REALTIME, LONG)}[0]); }
static long cond_call(const struct timespec *date) {
  pthread_mutex_lock(&call_mutex);
  const int error = given ? 0 : date == NULL ? pthread_cond_wait(&cond, &call_mutex) : pthread_cond_timedwait(&cond, &call_mutex, date);
  if (!given) say("not given");
  pthread_mutex_unlock(&call_mutex);
  return error;
}
static long call_cond_wait(void) { return cond_call(NULL); }
static long call_cond_timedwait(void) { return cond_call(&(struct timespec[]){at(CLOCK_REALTIME, LONG)}[0]); }
static long futex(int operation, const struct timespec *time) { return syscall(SYS_futex, &word, operation, 0, time, NULL, 0); }
static long call_futex(void) { return futex(FUTEX_WAIT_PRIVATE, NULL); }
static long call_futex_limited(void) { return futex(FUTEX_WAIT_PRIVATE, &(struct timespec[]){span(LONG)}[0]); }
static long call_futex_shared(void) { return futex(FUTEX_WAIT, NULL); }
static void start_child(void) {
  child = fork();
  if (child != 0) return;
  nap(2 * unit);
  _exit(0);
}
static long call_waitpid(void) {
  start_child();
  return waitpid(child, NULL, 0) > 0 ? 1 : -1;
}
static long call_waitid(void) {
  start_child();
  siginfo_t info;
  return waitid(P_PID, (id_t)child, &info, WEXITED);
}
static sigset_t usr2(void) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGUSR2);
  caller = pthread_self();
  pthread_sigmask(SIG_BLOCK, &signals, NULL);
  return signals;
}
static long call_sigwaitinfo(void) { return sigwaitinfo(&(sigset_t[]){usr2()}[0], NULL); }
static long call_sigtimedwait(void) { return sigtimedwait(&(sigset_t[]){usr2()}[0], NULL, &(struct timespec[]){span(LONG)}[0]); }
static long call_sigwait(void) {
  int number = 0;
  const int error = sigwait(&(sigset_t[]){usr2()}[0], &number);
  return error == 0 ? number : -1;
}
static long call_pause(void) { return pause(); }
static long call_sigsuspend(void) {
  sigset_t none;
  sigemptyset(&none);
  return sigsuspend(&none);
}
static long call_join(void) {
  other = start(ends_by_itself, NULL);
  return pthread_join(other, NULL);
}
/** It takes microseconds as 32 bits, which are not enough for two hours. */
static long call_usleep(void) {
  const int64_t us = 2 * unit / 1000;
  return us < UINT32_MAX ? usleep((useconds_t)us) : nanosleep(&(struct timespec[]){span(us * 1000)}[0], NULL);
}

#define YES(name) {#name, call_##name, true}
#define NO(name) {#name, call_##name, false}
const struct call calls[] = {
    YES(nanosleep), YES(clock_nanosleep), YES(clock_nanosleep_to), YES(usleep), YES(select), YES(pselect), YES(poll),
    YES(ppoll), YES(epoll_wait), YES(epoll_pwait2), YES(read), YES(readv), YES(recv), YES(recvmsg), YES(recv_limited),
    YES(accept), YES(write), YES(send), YES(sem_wait), YES(sem_timedwait), YES(cond_wait), YES(cond_timedwait),
    NO(futex), NO(futex_limited), NO(futex_shared), YES(waitpid), YES(waitid), YES(sigwaitinfo), YES(sigtimedwait),
    YES(sigwait), YES(pause), YES(sigsuspend), YES(join)};
const int call_count = sizeof calls / sizeof calls[0];

void calls_add(const char *subject, const char *what, void (*run_with)(const void *), bool (*leave_out)(const struct call *)) {
  for (int i = 0; i < call_count; i += 1) {
    if (leave_out != NULL && leave_out(&calls[i])) continue;
    struct probe_case *one = calloc(1, sizeof *one);
    char *name = NULL;
    MUST(one != NULL && asprintf(&name, "%s_%s", what, calls[i].name) > 0);
    *one = (struct probe_case){.subject = subject, .name = name, .run_with = run_with, .argument = &calls[i]};
    probe_add(one);
  }
}
