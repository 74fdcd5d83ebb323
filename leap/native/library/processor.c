/*
 * How fast the processor counts. Abseil, which is in V8 and so in every Node, wants to know at the first lock that two
 * threads want at once. Where the kernel does not say, it sleeps 1, 2, 4 ms … until two measurements of the processor's
 * counter agree, while everybody waits for it. They never do on a clock that leaps, as the counter does not leap: a client
 * would stand still for 255 ms at a moment of chance, and on a held clock for ever. So the kernel says it.
 * The counter itself cannot be taken over: it is read by an instruction.
 */
#define _GNU_SOURCE
#include "real.h"
#include "wait.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <x86intrin.h>

#define FREQUENCY_FILE "/sys/devices/system/cpu/cpu0/tsc_freq_khz"
#define MEASURED_NS 200000

static int64_t wall_ns(void) {
  struct timespec time;
  kernel(SYS_clock_gettime, CLOCK_MONOTONIC_RAW, &time);
  return ns_of(&time);
}

static long frequency_khz(void) {
  const int64_t start = wall_ns();
  const uint64_t counted_at_start = __rdtsc();
  int64_t now;
  do now = wall_ns();
  while (now - start < MEASURED_NS);
  return (long)((int64_t)(__rdtsc() - counted_at_start) * 1000000 / (now - start));
}

/* A descriptor of what the file would say, or -1 where the program wants another file or the kernel has this one. */
static int said_instead(const char *path) {
  if (path == NULL || strcmp(path, FREQUENCY_FILE) != 0 || !on_clock() || access(path, F_OK) == 0) return -1;
  char text[24];
  const int length = snprintf(text, sizeof text, "%ld\n", frequency_khz());
  const int fd = memfd_create("tsc_freq_khz", MFD_CLOEXEC);
  if (fd < 0) return -1;
  if (write(fd, text, (size_t)length) == length && lseek(fd, 0, SEEK_SET) == 0) return fd;
  close(fd);
  return -1;
}

#define TAKE_OVER(name)                                        \
  EXPORT int name(const char *path, int flags, ...) {          \
    va_list rest;                                              \
    va_start(rest, flags);                                     \
    const mode_t mode = (mode_t)va_arg(rest, unsigned);        \
    va_end(rest);                                              \
    const int fd = said_instead(path);                         \
    if (fd >= 0) return fd;                                    \
    REAL(name);                                                \
    return real(path, flags, mode);                            \
  }

TAKE_OVER(open)
TAKE_OVER(open64)
#endif
