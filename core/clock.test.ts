import { afterEach, describe, expect, test, vi } from "vitest";
import { formatTime, incidentClock, isoLocal } from "./clock.ts";
import { hours } from "./units.ts";

const days = (n: number): number => hours(24 * n);
const start = "2025-10-21T22:52:56Z";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** A clock on a machine whose time stands still until moved; its timers can be ahead of its clock, as real ones are. */
function frozen(compression: number) {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let ns = 5_000_000n;
  vi.spyOn(process.hrtime, "bigint").mockImplementation(() => ns);
  const clock = incidentClock({ start, compression });
  const pass = (wallMs: number): void => void (ns += BigInt(Math.round(wallMs * 1e6)));
  return {
    clock,
    /** Time passes, and no timer gets its turn. */
    pass,
    /** Time passes and timers fire, in steps. */
    advance: (wallMs: number, { stepMs = 1, timersAheadMs = 0 } = {}): void => {
      vi.advanceTimersByTime(timersAheadMs);
      for (let passed = 0; passed < wallMs; passed += stepMs) {
        pass(stepMs);
        vi.advanceTimersByTime(stepMs);
      }
    },
  };
}

describe("the incident clock", () => {
  test("starts at its date and runs as many times faster as it is asked to", () => {
    const { clock, pass } = frozen(600);
    expect(clock.now()).toBe(Date.parse(start));
    pass(100);
    expect(clock.elapsed()).toBeCloseTo(60_000, 3);
    expect(clock.now()).toBeCloseTo(Date.parse(start) + 60_000, 3);
    expect(clock.toWallMs(60_000)).toBe(100);
  });

  test("can be run by another process from its monotonic start", () => {
    const clock = incidentClock({ start, compression: 600 });
    const before = clock.elapsed();
    const elsewhere = (Number(process.hrtime.bigint() - clock.monotonicStartNs) / 1e6) * clock.compression;
    const after = clock.elapsed();
    expect(elsewhere).toBeGreaterThanOrEqual(before);
    expect(elsewhere).toBeLessThanOrEqual(after);
  });

  test("never calls back early, even where the system's timer does", () => {
    const { clock, advance } = frozen(600);
    const aheadBy: number[] = [];
    for (const due of [1_000, 5_000, 12_345]) clock.after(due, () => aheadBy.push(due - clock.elapsed()));
    advance(100, { timersAheadMs: 1 });
    expect(aheadBy).toHaveLength(3);
    expect(Math.max(...aheadBy)).toBeLessThanOrEqual(0);
  });

  test("never calls back early on real timers", async () => {
    const clock = incidentClock({ start, compression: 600 });
    const early = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const due = clock.elapsed() + 500 + index * 331;
        await clock.sleep(due - clock.elapsed());
        return clock.elapsed() < due;
      }),
    );
    expect(early).not.toContain(true);
  });

  test("a cancelled callback does not come", () => {
    const { clock, advance } = frozen(60);
    const callback = vi.fn();
    clock.after(60_000, callback).cancel();
    advance(1_100);
    expect(callback).not.toHaveBeenCalled();
  });

  test("waits longer than a Node timer can", () => {
    const { clock, advance } = frozen(1);
    const callback = vi.fn();
    clock.after(days(30), callback);
    advance(days(29), { stepMs: days(1) });
    expect(callback).not.toHaveBeenCalled();
    advance(days(1), { stepMs: days(1) });
    expect(callback).toHaveBeenCalledOnce();
  });
});

describe("every", () => {
  test("keeps to its schedule where the period is no whole wall millisecond", () => {
    const { clock, advance } = frozen(300);
    let ticks = 0;
    clock.every(20_000, () => (ticks += 1));
    advance(66_667);
    expect(ticks).toBe(1_000);
  });

  test("stays in step after a pause: the ticks it missed are skipped, not moved", () => {
    const { clock, advance, pass } = frozen(600);
    const ticks: number[] = [];
    clock.every(6_000, () => {
      ticks.push(clock.elapsed());
      if (ticks.length === 2) pass(25);
    });
    advance(60);
    const late = 33_000;
    expect(ticks.map(Math.round)).toEqual([6_000, 12_000, late, 36_000, 42_000, 48_000]);
  });

  test("can be cancelled from its own callback", () => {
    const { clock, advance } = frozen(60);
    let ticks = 0;
    const timer = clock.every(1_000, () => {
      ticks += 1;
      if (ticks === 2) timer.cancel();
    });
    advance(1_000);
    expect(ticks).toBe(2);
  });
});

describe("sleep", () => {
  test("ends with the signal's reason when aborted", async () => {
    const clock = incidentClock({ start, compression: 600 });
    const abort = new AbortController();
    const sleeping = clock.sleep(days(1), abort.signal);
    const reason = new Error("the user pressed Ctrl-C");
    abort.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  test("does not begin under a signal that is aborted already", async () => {
    const clock = incidentClock({ start, compression: 600 });
    await expect(clock.sleep(days(1), AbortSignal.abort(new Error("too late")))).rejects.toThrow("too late");
  });

  test("leaves no listener on the signal", async () => {
    const clock = incidentClock({ start, compression: 600 });
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, "removeEventListener");
    await clock.sleep(600, signal);
    expect(removed).toHaveBeenCalledOnce();
  });
});

test.each([0, 0.5, -1, NaN, 10_001, Infinity])("a compression of %s is refused with what is allowed", (compression) => {
  expect(() => incidentClock({ start, compression })).toThrow(/allowed is 1 to 10000/);
});

test("a start that is no date is refused with an example of one", () => {
  expect(() => incidentClock({ start: "yesterday", compression: 1 })).toThrow(/"yesterday": not an ISO date such as/);
});

describe("formatTime", () => {
  const moment = Date.parse("2025-10-21T22:52:56Z");

  test("writes UTC unless asked otherwise", () => expect(formatTime(moment)).toBe("22:52:56"));
  test("writes the local time of a zone", () =>
    expect(formatTime(moment, { timezone: "Asia/Dubai" })).toBe("02:52:56"));
  test("writes the local day with it", () =>
    expect(formatTime(moment, { timezone: "Asia/Dubai", day: true })).toBe("22 Oct 02:52:56"));
  test("writes midnight as 00, not 24", () =>
    expect(formatTime(Date.parse("2025-10-22T00:00:00Z"), { day: true })).toBe("22 Oct 00:00:00"));
});

test("a date with its zone's offset, which a program reads as the same moment", () => {
  const at = Date.parse("2025-10-21T22:52:56.120Z");
  expect(isoLocal(at, "Asia/Dubai")).toBe("2025-10-22T02:52:56.120+04:00");
  expect(isoLocal(at, "UTC")).toBe("2025-10-21T22:52:56.120+00:00");
  expect(isoLocal(at, "America/St_Johns")).toBe("2025-10-21T20:22:56.120-02:30");
  const changes = Date.parse("2025-10-26T00:59:59.999Z");
  expect(isoLocal(changes, "Europe/Berlin")).toBe("2025-10-26T02:59:59.999+02:00");
  expect(isoLocal(changes + 1, "Europe/Berlin")).toBe("2025-10-26T02:00:00.000+01:00");
  for (const zone of ["Asia/Kathmandu", "Europe/Berlin"]) expect(Date.parse(isoLocal(at, zone))).toBe(at);
});
