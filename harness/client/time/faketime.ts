/**
 * libfaketime: date, monotonic time, timers and poll timeouts of any program that uses libc.
 *
 * Its time runs from the moment the library is first loaded, and later programs of the same process tree go on from
 * there. So it is loaded in the gate's shell, whose start is known to a millisecond or two; a large program's own start
 * would be off by ten, which is three seconds of incident at x300.
 */

import { existsSync, writeFileSync } from "node:fs";
import { wallClock, type Clock } from "../../../core/clock.ts";
import type { TimeProvider } from "./provider.ts";

/** Where Debian, Ubuntu, Fedora, Arch and Alpine put it. */
const places = [
  "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
  "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
  "/usr/lib64/faketime/libfaketime.so.1",
  "/usr/lib/faketime/libfaketime.so.1",
];

const findLibrary = (): string | undefined => places.find((place) => existsSync(place));

export const faketime: TimeProvider = {
  name: "faketime",
  availability() {
    const library = findLibrary();
    return Promise.resolve(
      library === undefined
        ? { available: false, why: "libfaketime is not installed", fix: "apt-get install faketime (Debian, Ubuntu)" }
        : { available: true, detail: library },
    );
  },
  canDrive: () => true,
  seesLookups: false,
  // It keeps one offset for all clocks that it fakes: a step of the date would be one of monotonic time, and every timer
  // that is due within it would fire at once, or wait that much longer. At x1 alone monotonic time need not be faked.
  cannotStep: ({ compression }) =>
    compression === 1
      ? undefined
      : `libfaketime cannot do so at x${compression}. Use --time preload for a Node client, or --time leap`,
  setDate: (clock, offsetMs, dateFile) => writeFileSync(dateFile, seconds(clock.now() + offsetMs - wallClock.now())),
  environment(clock, clientEnv, dateFile) {
    const library = findLibrary() ?? "";
    const preload = clientEnv.LD_PRELOAD === undefined ? library : `${library}:${clientEnv.LD_PRELOAD}`;
    return { LD_PRELOAD: preload, ...(clock.compression === 1 ? fromFile(dateFile) : { FAKETIME: "+0" }) };
  },
  late: (clock, loadedAgoMs, dateOffsetMs): Record<string, string> =>
    clock.compression === 1 ? {} : { FAKETIME: speed(clock, loadedAgoMs, dateOffsetMs) },
  // A program that is killed leaves the library's shared memory behind.
  leftovers: ["/dev/shm/faketime_shm_{pid}", "/dev/shm/sem.faketime_sem_{pid}"],
};

/** The date from a file that is read again at every look at it, so that it can be stepped; monotonic time as it is. */
const fromFile = (dateFile: string): Record<string, string> => ({
  FAKETIME_TIMESTAMP_FILE: dateFile,
  FAKETIME_NO_CACHE: "1",
  DONT_FAKE_MONOTONIC: "1",
});

/** `-34128000.250s x300`: seconds from the wall's date to the incident's, and the speed from here on. */
function speed(clock: Clock, loadedAgoMs: number, dateOffsetMs: number): string {
  const offsetMs = clock.now() + dateOffsetMs - loadedAgoMs * clock.compression - (wallClock.now() - loadedAgoMs);
  return `${seconds(offsetMs)} x${clock.compression}`;
}

const seconds = (ms: number): string => `${ms < 0 ? "-" : "+"}${(Math.abs(ms) / 1_000).toFixed(3)}s`;
