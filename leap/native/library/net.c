/*
 * Sockets. What waits in the kernel by the wall's time is switched off (Nagle's delay), and a peer that is not on the clock
 * is known: while an answer from it is due, the coordinator lets time go on as the wall's does. A peer is on the clock when
 * one of its processes listens there. Not covered: what the kernel sends again because it was lost.
 */
#define _GNU_SOURCE
#include "net.h"
#include "real.h"
#include "wait.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

enum { DESCRIPTORS = 65536 };
/** By descriptor: which entry of the shared table says that an answer is due, + 1. */
static _Atomic uint16_t due_entry[DESCRIPTORS];
static _Atomic uint8_t leads_out[DESCRIPTORS];
static _Atomic bool any_leads_out;

static bool has_bit(uint32_t bit) { return (atomic_load(&leap->listeners[bit / 32]) >> bit % 32 & 1) != 0; }

/** A listener's address as a bit of the shared set; -1 for addresses that are nobody's here. */
static int bit_of(const struct sockaddr *address, socklen_t length) {
  if (address->sa_family == AF_INET) return ntohs(((const struct sockaddr_in *)address)->sin_port);
  if (address->sa_family == AF_INET6) return ntohs(((const struct sockaddr_in6 *)address)->sin6_port);
  if (address->sa_family != AF_UNIX) return -1;
  uint32_t hash = 2166136261U;
  const unsigned char *bytes = (const unsigned char *)((const struct sockaddr_un *)address)->sun_path;
  const size_t size = length - offsetof(struct sockaddr_un, sun_path);
  for (size_t i = 0; i < size && (i == 0 || bytes[i] != 0); i += 1) hash = (hash ^ bytes[i]) * 16777619U;
  return 65536 + (int)(hash % 65536);
}

static bool is_loopback(const struct sockaddr *address) {
  if (address->sa_family == AF_INET)
    return (ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24) == 127;
  if (address->sa_family != AF_INET6) return true;
  const struct in6_addr *six = &((const struct sockaddr_in6 *)address)->sin6_addr;
  return IN6_IS_ADDR_LOOPBACK(six) || (IN6_IS_ADDR_V4MAPPED(six) && six->s6_addr[12] == 127);
}

static void describe(const struct sockaddr *address, char *text, size_t size) {
  char host[INET6_ADDRSTRLEN] = "?";
  if (address->sa_family == AF_INET) {
    inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, host, sizeof host);
    snprintf(text, size, "%s:%d", host, ntohs(((const struct sockaddr_in *)address)->sin_port));
  } else if (address->sa_family == AF_INET6) {
    inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, host, sizeof host);
    snprintf(text, size, "[%s]:%d", host, ntohs(((const struct sockaddr_in6 *)address)->sin6_port));
  } else snprintf(text, size, "unix:%.80s", ((const struct sockaddr_un *)address)->sun_path);
}

static void answer_due(int fd) {
  if (atomic_load(&due_entry[fd]) != 0) return;
  for (int i = 0; i < LEAP_ANSWERS; i += 1) {
    uint64_t unused = 0;
    if (!atomic_compare_exchange_strong(&leap->answers[i].owner, &unused, leap_owner((int)kernel(SYS_getpid), fd)))
      continue;
    atomic_store(&leap->answers[i].since_wall, clock_wall());
    atomic_fetch_add(&leap->answers_due, 1);
    atomic_store(&due_entry[fd], (uint16_t)(i + 1));
    return;
  }
}

static void answered(int fd) {
  const uint16_t entry = atomic_exchange(&due_entry[fd], 0);
  if (entry == 0) return;
  uint64_t owner = leap_owner((int)kernel(SYS_getpid), fd);
  if (atomic_compare_exchange_strong(&leap->answers[entry - 1].owner, &owner, 0))
    atomic_fetch_sub(&leap->answers_due, 1);
}

static bool is_tracked(int fd) { return on_clock() && fd >= 0 && fd < DESCRIPTORS; }

void net_received(int fd, long result) {
  if (is_tracked(fd) && atomic_load_explicit(&due_entry[fd], memory_order_relaxed) != 0 && result != -EAGAIN) answered(fd);
}
void net_sent(int fd, long result) {
  if (is_tracked(fd) && atomic_load_explicit(&leads_out[fd], memory_order_relaxed) != 0 && result > 0) answer_due(fd);
}
void net_closed(int fd) {
  if (!is_tracked(fd)) return;
  atomic_store(&leads_out[fd], 0);
  answered(fd);
}

void net_closed_range(unsigned first, unsigned last) {
  if (!on_clock() || !atomic_load(&any_leads_out)) return;
  for (unsigned fd = first; fd <= last && fd < DESCRIPTORS; fd += 1) net_closed((int)fd);
}

static bool is_inside(const struct sockaddr *address, socklen_t length) {
  const int bit = bit_of(address, length);
  return bit >= 0 && is_loopback(address) && has_bit((uint32_t)bit);
}

static void note_peer(int fd, const struct sockaddr *address, socklen_t length) {
  if (!is_tracked(fd) || address->sa_family == AF_UNSPEC || is_inside(address, length)) return;
  if (atomic_exchange(&leads_out[fd], 1) != 0) return;
  atomic_store(&any_leads_out, true);
  char text[sizeof((struct leap_message *)0)->text];
  describe(address, text, sizeof text);
  message_send(LEAP_OUTSIDER, fd, text, NULL, 0);
}

/** Of datagrams only a name server's are waited for: most others have no answer. */
static bool asks_names(const struct sockaddr *address) {
  enum { NAME_SERVICE = 53 };
  return (address->sa_family == AF_INET && ((const struct sockaddr_in *)address)->sin_port == htons(NAME_SERVICE)) ||
         (address->sa_family == AF_INET6 && ((const struct sockaddr_in6 *)address)->sin6_port == htons(NAME_SERVICE));
}

void net_addressed(int fd, const struct sockaddr *to, socklen_t length) {
  if (on_clock() && asks_names(to)) note_peer(fd, to, length);
}

EXPORT int connect(int fd, const struct sockaddr *address, socklen_t length) {
  if (!on_clock()) return (int)as_libc(kernel(SYS_connect, fd, address, length));
  int type = 0;
  socklen_t size = sizeof type;
  kernel(SYS_getsockopt, fd, SOL_SOCKET, SO_TYPE, &type, &size);
  clock_publish();
  /* It may block; the coordinator sees from outside whether it still does. */
  wait_unseen_begin();
  const long result = kernel(SYS_connect, fd, address, length);
  wait_unseen_end();
  /* Whom nobody answers is no peer. */
  if ((result == 0 || result == -EINPROGRESS) && (type == SOCK_STREAM || asks_names(address))) {
    note_peer(fd, address, length);
    if (type == SOCK_STREAM && is_tracked(fd) && atomic_load(&leads_out[fd]) != 0) answer_due(fd);
  }
  return (int)as_libc(result);
}

EXPORT int listen(int fd, int backlog) {
  const long result = kernel(SYS_listen, fd, backlog);
  struct sockaddr_storage address;
  socklen_t length = sizeof address;
  if (result == 0 && on_clock() && kernel(SYS_getsockname, fd, &address, &length) == 0) {
    const int bit = bit_of((struct sockaddr *)&address, length);
    if (bit >= 0) atomic_fetch_or(&leap->listeners[bit / 32], 1U << bit % 32);
  }
  return (int)as_libc(result);
}

EXPORT int socket(int domain, int type, int protocol) {
  const long fd = kernel(SYS_socket, domain, type, protocol);
  const int on = 1;
  if (fd >= 0 && on_clock() && (domain == AF_INET || domain == AF_INET6) && (type & 0xf) == SOCK_STREAM)
    kernel(SYS_setsockopt, fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return (int)as_libc(fd);
}

EXPORT int setsockopt(int fd, int level, int option, const void *value, socklen_t size) {
  /* What would hold bytes back until some of the wall's milliseconds have passed. */
  const bool holds_back = level == IPPROTO_TCP && (option == TCP_NODELAY || option == TCP_CORK);
  if (on_clock() && holds_back && value != NULL && size >= sizeof(int)) return 0;
  return (int)as_libc(kernel(SYS_setsockopt, fd, level, option, value, size));
}
