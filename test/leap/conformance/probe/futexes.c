/* Futexes asked for by number. */
#define _GNU_SOURCE
#include "probe.h"
#include <linux/futex.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#define SUBJECT "futexes"

static uint32_t words[4];
static int64_t begun;

static long futex(uint32_t *word, int operation, uint32_t value, const struct timespec *time, void *second, uint32_t third) {
  return syscall(SYS_futex, word, operation, value, time, second, third);
}

static void time_limits(int flags) {
  struct timespec time = span(unit);
  int64_t due = now() + unit;
  say_result(futex(words, FUTEX_WAIT | flags, 0, &time, NULL, 0));
  ended(due);
  due = now() + unit;
  time = at(CLOCK_MONOTONIC, unit);
  say_result(futex(words, FUTEX_WAIT_BITSET | flags, 0, &time, NULL, FUTEX_BITSET_MATCH_ANY));
  ended(due);
  due = now() + unit;
  time = at(CLOCK_REALTIME, unit);
  say_result(futex(words, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME | flags, 0, &time, NULL, 1));
  ended(due);
  time = at(CLOCK_MONOTONIC, -unit);
  say_result(futex(words, FUTEX_WAIT_BITSET | flags, 0, &time, NULL, 1));
  say_result(futex(words, FUTEX_WAIT_BITSET | flags, 1, &time, NULL, 1));
  say_result(futex(words, FUTEX_WAIT | flags, 1, NULL, NULL, 0));
  say_result(futex(words, FUTEX_WAIT_BITSET | flags, 0, NULL, NULL, 0));
  time.tv_nsec = 1000000000;
  say_result(futex(words, FUTEX_WAIT | flags, 0, &time, NULL, 0));
  say_result(futex(words, FUTEX_WAKE | flags, 1, NULL, NULL, 0));
  say_result(futex(words, 99, 1, NULL, NULL, 0));
}
CASE(private_limits) { time_limits(FUTEX_PRIVATE_FLAG); }
CASE(shared_limits) { time_limits(0); }

static int flags;
static void *wake_later(void *changes) {
  nap(unit);
  if (changes != NULL) __atomic_store_n(words, 1, __ATOMIC_SEQ_CST);
  say("woke %ld", futex(words, FUTEX_WAKE | flags, 1, NULL, NULL, 0));
  return NULL;
}
static void woken(int given, void *changes) {
  flags = given;
  for (int i = 0; i < 3; i += 1) {
    words[0] = 0;
    begun = now();
    const pthread_t thread = start(wake_later, changes);
    const struct timespec time = span(LONG), end = at(CLOCK_MONOTONIC, LONG);
    const long result = i == 0   ? futex(words, FUTEX_WAIT | flags, 0, NULL, NULL, 0)
                        : i == 1 ? futex(words, FUTEX_WAIT | flags, 0, &time, NULL, 0)
                                 : futex(words, FUTEX_WAIT_BITSET | flags, 0, &end, NULL, FUTEX_BITSET_MATCH_ANY);
    join(thread);
    say_result(result);
    ended_after(begun);
  }
}
CASE(private_woken) { woken(FUTEX_PRIVATE_FLAG, words); }
CASE(shared_woken) { woken(0, words); }
CASE(private_woken_with_the_same_value) { woken(FUTEX_PRIVATE_FLAG, NULL); }
CASE(shared_woken_with_the_same_value) { woken(0, NULL); }

static int waiting, ended_count;
static uint32_t ended_bits;
struct waiter {
  uint32_t *word, bits;
};
static void *wait_for_bits(void *given) {
  const struct waiter *waiter = given;
  __atomic_add_fetch(&waiting, 1, __ATOMIC_SEQ_CST);
  if (futex(waiter->word, FUTEX_WAIT_BITSET | flags, 0, NULL, NULL, waiter->bits) == 0)
    __atomic_or_fetch(&ended_bits, waiter->bits, __ATOMIC_SEQ_CST);
  __atomic_add_fetch(&ended_count, 1, __ATOMIC_SEQ_CST);
  return NULL;
}
static void seen(const char *what, long woken_count) {
  nap(unit);
  say("%s %ld: %d with bits %x", what, woken_count, ended_count, ended_bits);
}
static void by_bits(int given) {
  flags = given;
  struct waiter waiters[4];
  pthread_t threads[4];
  for (uint32_t i = 0; i < 4; i += 1) {
    waiters[i] = (struct waiter){words, 1U << i};
    threads[i] = start(wait_for_bits, &waiters[i]);
    nap(unit / 4);
  }
  seen("8", futex(words, FUTEX_WAKE_BITSET | flags, 1, NULL, NULL, 8));
  seen("16", futex(words, FUTEX_WAKE_BITSET | flags, 9, NULL, NULL, 16));
  seen("6", futex(words, FUTEX_WAKE_BITSET | flags, 9, NULL, NULL, 6));
  seen("any", futex(words, FUTEX_WAKE | flags, 9, NULL, NULL, 0));
  for (int i = 0; i < 4; i += 1) join(threads[i]);
}
CASE(private_bits) { by_bits(FUTEX_PRIVATE_FLAG); }
CASE(shared_bits) { by_bits(0); }

static void requeued(int given) {
  flags = given;
  struct waiter waiter = {words, 1};
  pthread_t threads[5];
  for (int i = 0; i < 5; i += 1) threads[i] = start(wait_for_bits, &waiter);
  nap(unit);
  say_result(futex(words, FUTEX_CMP_REQUEUE | flags, 1, (void *)3, &words[1], 7));
  seen("requeue", futex(words, FUTEX_CMP_REQUEUE | flags, 1, (void *)3, &words[1], 0));
  seen("first", futex(words, FUTEX_WAKE | flags, 9, NULL, NULL, 0));
  seen("second", futex(&words[1], FUTEX_WAKE | flags, 9, NULL, NULL, 0));
  for (int i = 0; i < 5; i += 1) join(threads[i]);
}
CASE(private_requeue) { requeued(FUTEX_PRIVATE_FLAG); }
CASE(shared_requeue) { requeued(0); }

CASE(wake_and_change) {
  flags = FUTEX_PRIVATE_FLAG;
  struct waiter first = {words, 1}, second = {&words[1], 2};
  const pthread_t threads[] = {start(wait_for_bits, &first), start(wait_for_bits, &second)};
  nap(unit);
  seen("op", futex(words, FUTEX_WAKE_OP | flags, 1, (void *)1, &words[1],
                   FUTEX_OP(FUTEX_OP_ADD, 5, FUTEX_OP_CMP_EQ, 0)));
  say("%u", words[1]);
  join(threads[0]);
  join(threads[1]);
}
/** Between processes, the waiter with a limit and without. */
CASE(woken_by_another_process) {
  for (int i = 0; i < 2; i += 1) {
    uint32_t *word = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    begun = now();
    const pid_t child = fork();
    if (child == 0) {
      nap(unit);
      if (i == 0) *word = 1;
      _exit((int)futex(word, FUTEX_WAKE, 1, NULL, NULL, 0));
    }
    const struct timespec time = span(LONG);
    say_result(futex(word, FUTEX_WAIT, 0, i == 0 ? NULL : &time, NULL, 0));
    ended_after(begun);
    int status;
    MUST(waitpid(child, &status, 0) == child);
    say("woke %d", WEXITSTATUS(status));
  }
}
