/*
 * What the library in each process and the coordinator share: one block of memory without a name, and the words used
 * for it. A thread's state is written by the thread itself when it begins to wait, and by whoever wakes it *before* it is
 * woken, so that there is no moment at which a thread that will run counts as waiting. No count is kept beside the states:
 * a process that is killed anywhere leaves nothing that is off by one.
 */
#ifndef LEAP_SHARED_H
#define LEAP_SHARED_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define LEAP_MAGIC 0x314b434f4c435046LL /* "FPCLOCK1" */
#define LEAP_SLOTS 4096
#define LEAP_GROUPS 8
#define LEAP_TIMERS 256
#define LEAP_ANSWERS 256
/** One bit a TCP or UDP port, then one a hash of a Unix socket's path. */
#define LEAP_LISTENER_BITS 131072
#define LEAP_NEVER INT64_MAX
/** The coordinator's abstract socket, by its process id and the start of its clock. */
#define LEAP_SOCKET "firedrill-clock-%d-%lld"
/** Wall seconds after which a waiting thread looks whether its coordinator still lives. */
#define LEAP_HEARTBEAT_S 1
/** What a process exits with when its coordinator is gone. */
#define LEAP_EXIT_ORPHANED 70

enum leap_mode {
  LEAP_MODE_LEAP, /* time goes on by the CPU that is used, and leaps when all wait */
  LEAP_MODE_FREE, /* time stands while anything computes; one process at a time */
  LEAP_MODE_REAL  /* the wall's time under another date */
};

enum leap_state {
  LEAP_UNUSED,  /* no thread has this slot */
  LEAP_RUNNING, /* computes, or has been woken and will */
  LEAP_WAITING, /* waits, in the way that its slot says */
  LEAP_NOTIFIED /* runs, and was woken before it had begun to wait, which it then does not */
};

enum leap_way {
  LEAP_PARKED,  /* on its state as a futex; whoever wakes it says so first */
  LEAP_POLLING, /* on its own epoll set, which the coordinator can look into */
  /* In the kernel, where only /proc shows whether it has been woken: */
  LEAP_UNSEEN,  /* until that happens */
  LEAP_SHARED,  /* on a futex that other processes wake, and on its state */
  LEAP_SIGNALS, /* for a signal, and on the eventfd that wakes it */
  LEAP_ENDING   /* no more: it runs until it is gone, which the coordinator sees, and whoever joins it is woken by that */
};

/** Processes that share a date and a rule for their CPU: the client, the testbed. */
struct leap_group {
  _Atomic int64_t offset_ns;  /* how far their date is ahead of the incident's */
  _Atomic int32_t free_cpu;   /* 1: what they compute takes no time */
  int32_t reserved;
};

struct leap_slot {
  _Atomic uint64_t owner;    /* process id << 32 | thread id; thread id 0: what is about to start */
  _Atomic int64_t deadline;  /* on the incident's monotonic clock, ns */
  _Atomic int64_t woke_ns;   /* the clock when it last woke */
  _Atomic int64_t cpu_ns;    /* the CPU that it had used by then */
  _Atomic uint32_t way;
  _Atomic uint32_t group;
  _Atomic uint32_t handed;   /* how often descriptors of this slot were handed to the coordinator */
  _Atomic uint32_t certain;  /* 1: what it waits for in the kernel comes by itself, so it counts as computing */
  uint32_t reserved[2];
};

/** A timer that a descriptor or a signal shows: timerfd_create, setitimer, alarm. */
struct leap_timer {
  _Atomic uint64_t owner;    /* process id << 32 | descriptor, or | 0 for the process's alarm; 0: unused */
  _Atomic int64_t due;       /* LEAP_NEVER: not set */
  _Atomic int64_t every;     /* 0: once */
  _Atomic uint32_t clock;    /* the clock that it was made for */
  _Atomic uint32_t file;     /* which eventfd it is, whatever its number */
};

/** A request to a peer outside the clock, which is not answered yet. */
struct leap_answer {
  _Atomic uint64_t owner;      /* process id << 32 | descriptor; 0: unused */
  _Atomic int64_t since_wall;  /* the machine's monotonic clock when it was sent */
};

struct leap_shared {
  /* Read and written by Firedrill through the file, at these offsets (leap/memory.ts). */
  int64_t magic;                /* 0 */
  _Atomic int64_t now;          /* 8: the incident's monotonic clock, ns: the latest that any thread has reached */
  int64_t monotonic_start;      /* 16: what it was at the start */
  int64_t date_start;           /* 24: the incident's date then, ns since 1970 */
  _Atomic int64_t hold_at;      /* 32: the clock stops here */
  struct leap_group groups[LEAP_GROUPS]; /* 40 */

  int32_t mode;
  int32_t coordinator;          /* its process id */
  int32_t life;                 /* its descriptor of a pipe whose only writer it is: the pipe's end is its end */
  uint64_t life_inode;
  char mark[128];               /* NAME=value, in the environment of every program that is started */

  _Alignas(64) _Atomic uint32_t kick;   /* a futex on which the coordinator sleeps */
  _Atomic uint32_t asleep;
  _Alignas(64) _Atomic uint64_t epoch;  /* a wait has begun or ended */
  _Atomic uint32_t signals;             /* a signal was sent, or a process ended: look who is stopped or was woken */
  _Atomic uint32_t releases;            /* how often the clock was let go on */
  _Atomic uint32_t handed;              /* descriptors were handed over */
  _Alignas(64) _Atomic int64_t next_due;
  _Atomic uint32_t slots;               /* slots ever used */
  _Atomic uint32_t answers_due;         /* requests to peers outside the clock that are not answered yet */

  _Alignas(64) _Atomic uint32_t states[LEAP_SLOTS];
  struct leap_slot slot[LEAP_SLOTS];
  struct leap_timer timers[LEAP_TIMERS];
  struct leap_answer answers[LEAP_ANSWERS];
  _Atomic uint32_t listeners[LEAP_LISTENER_BITS / 32]; /* where processes on the clock listen */
};

/** What comes over the coordinator's socket. */
enum leap_message_kind {
  LEAP_HELLO,      /* a process is on the clock */
  LEAP_SLOT_FDS,   /* with two descriptors: a thread's epoll set and the eventfd that wakes it */
  LEAP_TIMER_FD,   /* with one descriptor: what shows that a timer has come */
  LEAP_OUTSIDER    /* a peer outside the clock, in words */
};

struct leap_message {
  int32_t kind;
  int32_t pid;
  int32_t index; /* of the slot or timer */
  int32_t handed; /* LEAP_SLOT_FDS: how often this slot's descriptors were handed over */
  char text[96];
};

static inline uint64_t leap_owner(int pid, int tid) { return (uint64_t)(uint32_t)pid << 32 | (uint32_t)tid; }
static inline bool leap_runs(uint32_t state) { return state == LEAP_RUNNING || state == LEAP_NOTIFIED; }
static inline int leap_pid(uint64_t owner) { return (int)(owner >> 32); }
static inline int leap_tid(uint64_t owner) { return (int)(uint32_t)owner; }

#endif
