/* What a process says to the coordinator beside the shared memory: who it is, and the descriptors of its threads. */
#define _GNU_SOURCE
#include "clock.h"
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/** Abstract: it has no file, and is gone with the coordinator. The start in it tells one from another with the same id. */
static socklen_t name_of_coordinator(struct sockaddr_un *address) {
  *address = (struct sockaddr_un){.sun_family = AF_UNIX};
  const int length = snprintf(address->sun_path + 1, sizeof address->sun_path - 1, LEAP_SOCKET, leap->coordinator,
                              (long long)leap->monotonic_start);
  return (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length);
}

bool message_arrives(void) {
  struct sockaddr_un address;
  const socklen_t length = name_of_coordinator(&address);
  const int fd = (int)kernel(SYS_socket, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return true;
  const long result = kernel(SYS_connect, fd, &address, length);
  kernel(SYS_close, fd);
  return result != -ECONNREFUSED;
}

void message_send(enum leap_message_kind kind, int index, const char *text, const int *fds, int fd_count) {
  struct leap_message message = {.kind = kind, .pid = (int)kernel(SYS_getpid), .index = index};
  if (kind == LEAP_SLOT_FDS) message.handed = (int32_t)atomic_load(&leap->slot[index].handed);
  strncpy(message.text, text, sizeof message.text - 1);
  struct sockaddr_un address;
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(2 * sizeof(int))];
  } control = {0};
  struct iovec part = {&message, sizeof message};
  struct msghdr header = {.msg_name = &address,
                          .msg_namelen = name_of_coordinator(&address),
                          .msg_iov = &part,
                          .msg_iovlen = 1};
  if (fd_count > 0) {
    header.msg_control = control.bytes;
    header.msg_controllen = CMSG_SPACE((size_t)fd_count * sizeof(int));
    control.header.cmsg_level = SOL_SOCKET;
    control.header.cmsg_type = SCM_RIGHTS;
    control.header.cmsg_len = CMSG_LEN((size_t)fd_count * sizeof(int));
    memcpy(CMSG_DATA(&control.header), fds, (size_t)fd_count * sizeof(int));
  }
  const int fd = (int)kernel(SYS_socket, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (kernel(SYS_sendmsg, fd, &header, 0) < 0) slot_heartbeat();
  kernel(SYS_close, fd);
}
