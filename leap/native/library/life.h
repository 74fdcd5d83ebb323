/* See life.c. */
#ifndef LEAP_LIFE_H
#define LEAP_LIFE_H

#include "clock.h"

/** From here on this process ends when its coordinator does. Also for a forked child, which is not tied yet. */
void life_tie(void);
/** The descriptor that this takes, or -1. */
int life_descriptor(void);
bool life_owns(int fd);

#endif
