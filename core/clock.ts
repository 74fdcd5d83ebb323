/**
 * The incident clock: a real date that runs up to several hundred times faster than the wall. Everything that a
 * scenario, a mock or a check calls a time comes from here; `wallClock` is the same thing at speed 1, for what really
 * takes wall time (a process that has to exit, a proxy's delay). The client under test gets this clock by a time
 * provider (harness/client/time), not through this module.
 */

import { FiredrillError } from "./errors.ts";

export interface ClockOptions {
  /** Where the incident starts: an ISO date or epoch ms. */
  start: string | number;
  /** Incident time per wall time, at least 1. */
  compression: number;
  /** Stands still at the start until `release`: what is set up meanwhile takes no incident time. */
  held?: boolean;
}

export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Incident milliseconds per wall millisecond. */
  readonly compression: number;
  /** The incident date at which the clock started, epoch ms. */
  readonly startMs: number;
  /** The machine's monotonic clock at the start, ns: with it another process of this machine can run the same clock. */
  readonly monotonicStartNs: bigint;
  /** Lets a clock that was created `held` run; timers set before count from here. */
  release(): void;
  /** The incident date now, epoch ms. */
  now(): number;
  /** Incident ms since the start. */
  elapsed(): number;
  /** Calls back once, never early; returns the means to cancel it. */
  after(incidentMs: number, callback: () => void): Timer;
  /** Calls back on a fixed schedule that does not drift. */
  every(incidentMs: number, callback: () => void): Timer;
  /** Resolves when that much incident time has passed; rejects with the signal's reason when aborted. */
  sleep(incidentMs: number, signal?: AbortSignal): Promise<void>;
  /** The one place where a duration of the incident becomes a duration of the wall. */
  toWallMs(incidentMs: number): number;
}

/** Node clamps longer timers to 1 ms, which would fire them at once. */
const longestTimerMs = 2 ** 31 - 1;

export function incidentClock(options: ClockOptions): Clock {
  const startMs = typeof options.start === "number" ? options.start : Date.parse(options.start);
  if (Number.isNaN(startMs)) {
    throw new FiredrillError(
      `The clock cannot start at "${options.start}": not an ISO date such as 2025-10-21T22:52:56Z.`,
    );
  }
  const { compression } = options;
  if (!(compression >= 1 && compression <= 10_000)) {
    throw new FiredrillError(`The clock cannot run ${compression} times as fast: allowed is 1 to 10000.`);
  }

  // One reading for both: between two the machine may pause, and another process's clock would be off by that.
  let monotonicStartNs = process.hrtime.bigint();
  let held = options.held ?? false;
  const whenReleased = new Set<() => void>();
  const elapsed = (): number => (held ? 0 : (Number(process.hrtime.bigint() - monotonicStartNs) / 1e6) * compression);

  const at = (dueMs: number, callback: () => void): Timer => {
    let handle: NodeJS.Timeout | undefined;
    const arm = (): void => {
      whenReleased.delete(arm);
      if (held) {
        whenReleased.add(arm);
        return;
      }
      const wallMs = Math.ceil((dueMs - elapsed()) / compression);
      handle = setTimeout(fire, Math.min(Math.max(wallMs, 0), longestTimerMs));
    };
    // A Node timer may fire up to a millisecond early, which is half a minute at x600.
    const fire = (): void => {
      if (elapsed() < dueMs) arm();
      else callback();
    };
    arm();
    return {
      cancel() {
        whenReleased.delete(arm);
        clearTimeout(handle);
      },
    };
  };

  const after = (incidentMs: number, callback: () => void): Timer => at(elapsed() + incidentMs, callback);

  return {
    compression,
    startMs,
    get monotonicStartNs() {
      return monotonicStartNs;
    },
    release() {
      if (!held) return;
      held = false;
      monotonicStartNs = process.hrtime.bigint();
      for (const arm of [...whenReleased]) arm();
    },
    now: () => startMs + elapsed(),
    elapsed,
    after,
    every: (incidentMs, callback) => {
      let dueMs = elapsed() + incidentMs;
      let timer: Timer;
      const tick = (): void => {
        // After a pause the missed ticks are skipped; moving the schedule would put it out of step for good.
        dueMs += incidentMs * (1 + Math.max(Math.floor((elapsed() - dueMs) / incidentMs), 0));
        timer = at(dueMs, tick);
        callback();
      };
      timer = at(dueMs, tick);
      return { cancel: () => timer.cancel() };
    },
    sleep: (incidentMs, signal) =>
      new Promise((resolve, reject) => {
        const abort = (): void => {
          timer.cancel();
          reject(abortReason(signal));
        };
        const timer = after(incidentMs, () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        });
        if (signal?.aborted === true) abort();
        else signal?.addEventListener("abort", abort, { once: true });
      }),
    toWallMs: (incidentMs) => incidentMs / compression,
  };
}

/** Wall time with the clock's interface. */
export const wallClock: Clock = incidentClock({ start: Date.now(), compression: 1 });

function abortReason(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error("aborted");
}

interface TimeFormat {
  timezone?: string;
  day?: boolean;
  zone?: boolean;
}

/** Making one takes as long as writing thirty dates with it, and a journal is judged in a hundred thousand. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf({ timezone = "UTC", day = false, zone = false }: TimeFormat): Intl.DateTimeFormat {
  const key = `${timezone} ${day} ${zone}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    ...(day ? { day: "2-digit", month: "short" } : {}),
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    ...(zone ? { timeZoneName: "shortOffset" } : {}),
  });
  formats.set(key, made);
  return made;
}

/** Ms ahead of UTC, by zone and quarter of an hour, in which it never changes. */
const offsets = new Map<string, number>();

function offsetMs(epochMs: number, timezone: string): number {
  const quarter = Math.floor(epochMs / 900_000);
  const key = `${timezone} ${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" }).formatToParts(
    epochMs,
  );
  const text = parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
  const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  offsets.set(key, offset);
  return offset;
}

/** `2025-10-22T02:52:56.120+04:00`: a date that a program reads too. */
export function isoLocal(epochMs: number, timezone: string): string {
  const ahead = offsetMs(epochMs, timezone);
  const minutes = Math.abs(ahead) / 60_000;
  const two = (n: number): string => String(n).padStart(2, "0");
  const zone = `${ahead < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return new Date(epochMs + ahead).toISOString().replace("Z", zone);
}

/** `02:52:56`; `22 Oct 02:52:56` with the day; `02:52:56 UTC+4` with the zone. */
export const formatTime = (epochMs: number, options: TimeFormat = {}): string =>
  formatOf(options).format(epochMs).replace(",", "").replace("GMT", "UTC");
