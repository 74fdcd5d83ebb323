/* See program.c. */
#ifndef LEAP_PROGRAM_H
#define LEAP_PROGRAM_H

#include <stddef.h>

/** `path of the shared memory;group` */
#define LEAP_VARIABLE "FIREDRILL_LEAP"

void program_remember(const char *library, const char *clock);
size_t program_count(char *const *list);
/** The environment with what keeps a program on the clock; `out` has room for three more and the end. */
void program_keep_on_clock(char *const *from, char **out, char *joined, size_t joined_size);
#define KEPT(environment)                                    \
  char joined[8192], *kept[program_count(environment) + 4];  \
  program_keep_on_clock(environment, kept, joined, sizeof joined)

#endif
