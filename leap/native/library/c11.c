/*
 * The threads of C11: libc makes them of POSIX's inside itself, where nothing can be taken over, so here they are made of
 * those that are. Off the clock, too, as the two kinds are the same objects to libc.
 */
#define _GNU_SOURCE
#include "clock.h"
#include <pthread.h>
#include <stdlib.h>
#include <threads.h>

static int of_error(int error) {
  switch (error) {
  case 0: return thrd_success;
  case EBUSY: return thrd_busy;
  case ENOMEM: return thrd_nomem;
  case ETIMEDOUT: return thrd_timedout;
  default: return thrd_error;
  }
}

struct beginning {
  thrd_start_t routine;
  void *argument;
};
static void *begin(void *given) {
  const struct beginning beginning = *(struct beginning *)given;
  free(given);
  return (void *)(intptr_t)beginning.routine(beginning.argument);
}

EXPORT int thrd_create(thrd_t *thread, thrd_start_t routine, void *argument) {
  struct beginning *beginning = malloc(sizeof *beginning);
  if (beginning == NULL) return thrd_nomem;
  *beginning = (struct beginning){routine, argument};
  const int error = pthread_create(thread, NULL, begin, beginning);
  if (error != 0) free(beginning);
  return of_error(error == EAGAIN ? ENOMEM : error);
}
EXPORT int thrd_join(thrd_t thread, int *result) {
  void *value = NULL;
  const int error = pthread_join(thread, &value);
  if (result != NULL) *result = (int)(intptr_t)value;
  return of_error(error);
}
EXPORT int thrd_sleep(const struct timespec *time, struct timespec *left) {
  const int error = clock_nanosleep(CLOCK_REALTIME, 0, time, left);
  return error == 0 ? 0 : error == EINTR ? -1 : -2;
}

EXPORT int cnd_wait(cnd_t *cond, mtx_t *mutex) {
  return of_error(pthread_cond_wait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex));
}
EXPORT int cnd_timedwait(cnd_t *restrict cond, mtx_t *restrict mutex, const struct timespec *restrict at) {
  return of_error(pthread_cond_timedwait((pthread_cond_t *)cond, (pthread_mutex_t *)mutex, at));
}
EXPORT int cnd_signal(cnd_t *cond) { return of_error(pthread_cond_signal((pthread_cond_t *)cond)); }
EXPORT int cnd_broadcast(cnd_t *cond) { return of_error(pthread_cond_broadcast((pthread_cond_t *)cond)); }
EXPORT int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict at) {
  return of_error(pthread_mutex_timedlock((pthread_mutex_t *)mutex, at));
}
EXPORT int mtx_unlock(mtx_t *mutex) { return of_error(pthread_mutex_unlock((pthread_mutex_t *)mutex)); }
