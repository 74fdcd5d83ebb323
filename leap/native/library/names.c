/*
 * Names that have no address: nothing under .invalid has one (RFC 6761, 6.4), so nobody is asked, whom the clock would have
 * to wait for. Whoever listens on the port of FIREDRILL_LOOKUPS is told of each. Not covered: resolvers of a program's own,
 * such as c-ares and Go's, and what asks by an older call than getaddrinfo.
 */
#define _GNU_SOURCE
#include "clock.h"
#include "real.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

static bool has_no_address(const char *name) {
  static const char reserved[] = ".invalid";
  if (name == NULL) return false;
  size_t length = strlen(name);
  if (length > 0 && name[length - 1] == '.') length -= 1;
  const size_t tail = sizeof reserved - 1;
  return length > tail && strncasecmp(name + length - tail, reserved, tail) == 0;
}

static void tell(const char *name) {
  const char *port = getenv("FIREDRILL_LOOKUPS");
  if (port == NULL) return;
  const struct sockaddr_in to = {
      .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(port)), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  const int fd = (int)kernel(SYS_socket, AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return;
  clock_publish();
  kernel(SYS_sendto, fd, name, strlen(name), 0, &to, sizeof to);
  kernel(SYS_close, fd);
}

EXPORT int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
  REAL(getaddrinfo);
  if (leap == NULL || !has_no_address(name)) return real(name, service, hints, found);
  tell(name);
  return EAI_NONAME;
}
