/* Sockets and pipes that block: their own time limits, peers that come, go, or are slow. */
#define _GNU_SOURCE
#include "probe.h"
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#define SUBJECT "sockets"

static int pair[2], listener;
static struct sockaddr_in address;
static int64_t begun;

static void open_pair(void) { MUST(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0); }
static void limit(int fd, int option, int64_t ns) {
  const struct timeval time = {.tv_sec = ns / 1000000000, .tv_usec = ns / 1000 % 1000000};
  MUST(setsockopt(fd, SOL_SOCKET, option, &time, sizeof time) == 0);
}
static void open_listener(void) {
  listener = socket(AF_INET, SOCK_STREAM, 0);
  address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  MUST(bind(listener, (struct sockaddr *)&address, sizeof address) == 0 && listen(listener, 8) == 0);
  socklen_t size = sizeof address;
  MUST(getsockname(listener, (struct sockaddr *)&address, &size) == 0);
}
static int dial(void) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  MUST(connect(fd, (struct sockaddr *)&address, sizeof address) == 0);
  return fd;
}

CASE(receive_limits) {
  open_pair();
  limit(pair[0], SO_RCVTIMEO, unit);
  char data[8];
  struct iovec part = {data, sizeof data};
  struct msghdr header = {.msg_iov = &part, .msg_iovlen = 1};
  for (int i = 0; i < 5; i += 1) {
    const int64_t due = now() + unit;
    say_result(i == 0   ? recv(pair[0], data, 8, 0)
               : i == 1 ? read(pair[0], data, 8)
               : i == 2 ? readv(pair[0], &part, 1)
               : i == 3 ? recvfrom(pair[0], data, 8, 0, NULL, NULL)
                        : recvmsg(pair[0], &header, 0));
    ended(due);
  }
  say_result(recv(pair[0], data, 8, MSG_DONTWAIT));
}
CASE(accept_limit) {
  open_listener();
  limit(listener, SO_RCVTIMEO, unit);
  const int64_t due = now() + unit;
  say_result(accept(listener, NULL, NULL));
  ended(due);
}
CASE(send_limit) {
  open_pair();
  char data[4096] = {0};
  while (send(pair[0], data, sizeof data, MSG_DONTWAIT) > 0) continue;
  limit(pair[0], SO_SNDTIMEO, unit);
  const int64_t due = now() + unit;
  say_result(send(pair[0], data, sizeof data, 0));
  ended(due);
}

static void *send_later(void *unused) {
  nap(unit);
  MUST(send(pair[1], "abcd", 4, 0) == 4);
  nap(unit);
  MUST(send(pair[1], "efgh", 4, 0) == 4);
  nap(unit);
  close(pair[1]);
  return unused;
}
static void receive_all(int flags) {
  begun = now();
  const pthread_t thread = start(send_later, NULL);
  char data[9] = {0};
  for (int i = 0; i < 3; i += 1) {
    memset(data, 0, sizeof data);
    const ssize_t size = recv(pair[0], data, 8, flags);
    say_result(size);
    say("%s", data);
    ended_after(begun);
    if (size <= 0) break;
  }
  join(thread);
}
CASE(receives_what_comes) {
  open_pair();
  receive_all(0);
}
CASE(receives_all_at_once) {
  open_pair();
  receive_all(MSG_WAITALL);
}
CASE(receives_over_tcp) {
  open_listener();
  pair[1] = dial();
  pair[0] = accept(listener, NULL, NULL);
  receive_all(0);
}

static void *dial_later(void *unused) {
  nap(unit);
  pair[1] = dial();
  nap(unit);
  const struct linger none = {.l_onoff = 1};
  setsockopt(pair[1], SOL_SOCKET, SO_LINGER, &none, sizeof none);
  close(pair[1]);
  return unused;
}
CASE(accepts_and_is_reset) {
  open_listener();
  begun = now();
  const pthread_t thread = start(dial_later, NULL);
  pair[0] = accept(listener, NULL, NULL);
  say("%d", pair[0] >= 0);
  ended_after(begun);
  char byte;
  say_result(recv(pair[0], &byte, 1, 0));
  ended_after(begun);
  join(thread);
}

enum { PIECES = 50, PIECE = 40 };
static void *write_pieces(void *given) {
  char data[PIECE] = {0};
  const int fd = *(int *)given;
  for (int i = 0; i < PIECES; i += 1) {
    /* Two small writes, then an answer: what Nagle's delay and a delayed acknowledgement hold up. */
    MUST(send(fd, data, 3, 0) == 3 && send(fd, data, PIECE - 3, 0) == PIECE - 3);
    MUST(recv(fd, data, 1, MSG_WAITALL) == 1);
  }
  return NULL;
}
CASE(small_pieces_without_nodelay) {
  open_listener();
  int client = dial();
  pair[0] = accept(listener, NULL, NULL);
  begun = now();
  const pthread_t thread = start(write_pieces, &client);
  char data[PIECE];
  for (int i = 0; i < PIECES; i += 1) {
    MUST(recv(pair[0], data, PIECE, MSG_WAITALL) == PIECE);
    MUST(send(pair[0], data, 1, 0) == 1);
  }
  join(thread);
  say("%d pieces", PIECES);
}
/** Time stands still for the kernel's own delays, so an answer is there before a waiter's next deadline. */
CASE(small_pieces_beside_a_ticker) {
  open_listener();
  int client = dial();
  pair[0] = accept(listener, NULL, NULL);
  const int off = 0;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &off, sizeof off);
  const pthread_t thread = start(write_pieces, &client);
  char data[PIECE];
  int64_t most = 0;
  limit(pair[0], SO_RCVTIMEO, 100 * unit);
  for (int i = 0; i < PIECES; i += 1) {
    const int64_t before = now();
    MUST(recv(pair[0], data, PIECE, MSG_WAITALL) == PIECE);
    if (now() - before > most) most = now() - before;
    MUST(send(pair[0], data, 1, 0) == 1);
  }
  join(thread);
  say("%s", most < 100 * unit ? "no delay" : "delayed");
}

static int ends[2];
static int64_t has_read;
static void *read_slowly(void *unused) {
  char data[65536];
  int64_t all = 0;
  for (int i = 0; i < 4; i += 1) {
    nap(unit);
    for (int64_t want = 65536; want > 0;) {
      const ssize_t got = read(ends[0], data, (size_t)want);
      MUST(got > 0);
      want -= got;
      all += got;
    }
  }
  /* Whoever joins this thread says it: the last write ends at the moment at which this thread does. */
  has_read = all;
  return unused;
}
CASE(writes_to_a_full_pipe) {
  static char data[5 * 65536];
  MUST(pipe(ends) == 0);
  MUST(fcntl(ends[1], F_SETPIPE_SZ, 65536) == 65536);
  begun = now();
  const pthread_t thread = start(read_slowly, NULL);
  const ssize_t size = write(ends[1], data, sizeof data);
  /* The last of it fits when the last but one has been read. */
  ended_after(begun);
  join(thread);
  say("read %lld", (long long)has_read);
  say_result(size);
}
CASE(writes_piece_by_piece) {
  static char data[4096];
  MUST(pipe(ends) == 0);
  MUST(fcntl(ends[1], F_SETPIPE_SZ, 65536) == 65536);
  begun = now();
  const pthread_t thread = start(read_slowly, NULL);
  for (int i = 0; i < 5 * 16; i += 1) MUST(write(ends[1], data, sizeof data) == sizeof data);
  const int64_t wrote = now();
  join(thread);
  say("read %lld", (long long)has_read);
  say("wrote after %d", (int)((wrote - begun) / unit));
}
static void *print_later(void *unused) {
  nap(unit);
  dprintf(ends[1], "a line\n");
  nap(unit);
  close(ends[1]);
  return unused;
}
/** The reads of stdio do not go through the names that can be taken over. */
CASE(reads_lines_with_stdio) {
  MUST(pipe(ends) == 0);
  begun = now();
  const pthread_t thread = start(print_later, NULL);
  FILE *file = fdopen(ends[0], "r");
  char line[32];
  say("%d", fgets(line, sizeof line, file) != NULL);
  ended_after(begun);
  say("%d", fgets(line, sizeof line, file) != NULL);
  ended_after(begun);
  join(thread);
}
