/* Which sockets lead out of the clock; see net.c. */
#ifndef LEAP_NET_H
#define LEAP_NET_H

#include "clock.h"
#include <sys/socket.h>
#include <sys/types.h>

void net_received(int fd, long result);
void net_sent(int fd, long result);
/** A datagram's address, given with it. */
void net_addressed(int fd, const struct sockaddr *to, socklen_t length);
/** The program has closed it, or all of these. */
void net_closed(int fd);
void net_closed_range(unsigned first, unsigned last);

#endif
