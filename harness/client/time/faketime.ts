/**
 * libfaketime: date, monotonic time, timers and poll timeouts of any program that uses libc.
 *
 * Its time runs from the moment the library is first loaded, and later programs of the same process tree go on from
 * there. So it is loaded in the gate's shell, whose start is known to a millisecond or two; a large program's own start
 * would be off by ten, which is three seconds of incident at x300.
 */

import { existsSync } from "node:fs";
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
  environment(_clock, clientEnv) {
    const library = findLibrary() ?? "";
    const preload = clientEnv.LD_PRELOAD === undefined ? library : `${library}:${clientEnv.LD_PRELOAD}`;
    return { LD_PRELOAD: preload, FAKETIME: "+0" };
  },
  late: (clock, loadedAgoMs) => ({ FAKETIME: offset(clock, loadedAgoMs) }),
  // A program that is killed leaves the library's shared memory behind.
  leftovers: ["/dev/shm/faketime_shm_{pid}", "/dev/shm/sem.faketime_sem_{pid}"],
};

/** `-34128000.250s x300`: seconds from the wall's date to the incident's, and the speed from here on. */
function offset(clock: Clock, loadedAgoMs: number): string {
  const offsetMs = clock.now() - loadedAgoMs * clock.compression - (wallClock.now() - loadedAgoMs);
  return `${offsetMs < 0 ? "-" : "+"}${(Math.abs(offsetMs) / 1_000).toFixed(3)}s x${clock.compression}`;
}
