/* What a symbol that this library takes over was before. */
#ifndef LEAP_REAL_H
#define LEAP_REAL_H

#include <dlfcn.h>

/* The condition variables of glibc have a version older than this one, which dlsym may give. */
#if defined(__x86_64__)
#define COND_VERSION "GLIBC_2.3.2"
#else
#define COND_VERSION "GLIBC_2.17"
#endif

#define REAL(name)                    \
  static __typeof__(&(name)) real;    \
  if (real == NULL) real = (__typeof__(&(name)))dlsym(RTLD_NEXT, #name)

#define REAL_COND(name)                                                             \
  static __typeof__(&(name)) real;                                                  \
  if (real == NULL) real = (__typeof__(&(name)))dlvsym(RTLD_NEXT, #name, COND_VERSION); \
  if (real == NULL) real = (__typeof__(&(name)))dlsym(RTLD_NEXT, #name)

#endif
