/* What the coordinator's parts know of each other. */
#ifndef LEAP_COORDINATOR_H
#define LEAP_COORDINATOR_H

#include "../shared.h"
#include <stdbool.h>

/** What a look at /proc says of a thread. */
enum sight {
  SIGHT_COMPUTES, /* on a core or waiting for one */
  SIGHT_SLEEPS,   /* waits for another thread of the run: whoever wakes it is seen */
  SIGHT_OUTSIDE,  /* waits for something that is not on the clock: a disk, a name server, the wall's time */
  SIGHT_WAITS,    /* as that, but for so short a time that it does not count */
  SIGHT_STOPPED,
  SIGHT_GONE
};

/** What the coordinator keeps of a slot. */
struct seat {
  uint64_t owner;      /* whose the rest is */
  int set, wake;       /* the thread's epoll set and the eventfd that wakes it, or -1 */
  int stat, call, schedstat; /* its files in /proc, or -1 */
  uint32_t handed;     /* which of those that were handed over these are */
  int64_t outside_since; /* the wall's time since which it has been seen to wait for something outside; 0: it does not */
  int64_t outside_woke;  /* when it had last woken then */
  bool outsider;       /* a program that does not come on the clock */
  bool asleep;         /* counts as running, and was seen asleep: it waits for another thread */
  /* Of the time that it computes now: */
  int64_t woke_ns;     /* when that began, */
  uint32_t releases;   /* how often the clock had been let go, */
  int64_t first_look, looked_woke; /* the wall's time of the first look, and at which wake that was, */
  int64_t base_ns;     /* the clock at which it is followed from, */
  int64_t base_process, base_own; /* and the CPU that its process and itself had used by then, by the kernel's record */
};

extern struct leap_shared *leap;
extern struct seat seats[LEAP_SLOTS];
extern int timer_fds[LEAP_TIMERS];

int64_t wall_ns(void);
/** Whether the descriptors of a seat are those of the thread that has it now; the message may still be on its way. */
static inline bool seat_is_current(int slot) {
  return seats[slot].wake >= 0 && seats[slot].handed == leap->slot[slot].handed;
}

/* memory.c */
/** A block of shared memory without a name; its path for others is /proc/<us>/fd/<number>. */
int memory_create(void);

/* processes.c */
void process_joined(int pid);
/** Whoever is not on the clock has started it, or is about to: it counts as running until it says so itself. */
void process_started(int pid, uint32_t group);
/** Something has ended: gives back what the dead had. */
void processes_reap(void);
/** This slot's owner has ended without giving it back. */
void thread_gone(int slot, uint64_t owner);
int process_events(void);
void processes_look_for_stopped(void);
bool process_is_stopped(int pid);
bool any_stopped(void);
/** 0, 1, 2 …: in the order in which the processes came. */
int process_rank(int pid);
/** From here on whoever joins the clock is ended by the kernel when this process ends. */
void processes_tie(void);
/** Kills whoever is on the clock, and waits until nobody is. */
void processes_kill(void);
int processes_count(void);

/* sight.c */
enum sight look_at(int slot);
/** Of a thread that waits in the kernel, or sleeps on a lock: SIGHT_SLEEPS where it does so still. */
enum sight look_whether_asleep(int slot);
/** The file with the CPU that a thread has used, by the kernel's record; -1 where there is no such thread. */
int schedstat_of(int slot);
/** The process is outside the clock, or has been seen to wait for something outside; said once for each. */
void outsider_seen(const char *text);
const char *outsiders_json(void);
/** Who counts as running now, and what each is seen to do. */
const char *running_json(void);

/* follow.c */
/** The clock follows whoever computes; false where nobody has got on since the last call. */
bool follow(void);

/* wake.c */
/** False where it is not to be woken, or not yet. */
bool wake(int slot);
/** Wakes whoever is due, timers too; the earliest deadline of the rest, and whether anybody was woken. */
struct due {
  int64_t earliest;
  bool woken;
};
struct due wake_due(void);


/* quiet.c */
enum quiet {
  QUIET,        /* nobody will run before the next deadline */
  NOT_QUIET,    /* somebody runs, or has been woken and will */
  QUIET_OUTSIDE /* as quiet, but something outside is being waited for */
};
enum quiet look_for_quiet(uint64_t epoch);
/** In free mode: lets the next process have its turn; false where none is ready. */
bool give_turn(void);

/* control.c */
void control_start(int memory, const char *mark);
/** Reads what came on standard input, the socket and the process descriptors; false when the run is to end. */
bool control_serve(void);
bool control_pending(void);
/** Takes in what the processes have said. */
void control_receive(void);
/** How many descriptors had been handed over when they were last received. */
uint32_t control_handed(void);
void control_reached(void);

/** What the report counts. */
struct counts {
  int64_t leaps, leapt_ns, outside_ns, looks, not_quiet;
};
extern struct counts counts;

#endif
