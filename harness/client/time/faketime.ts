/**
 * libfaketime: date, monotonic time, timers and poll timeouts of any program that uses libc. The offset counts from
 * the moment the library is loaded, so it is computed when the gate opens.
 */

import { existsSync } from "node:fs";
import type { Clock } from "../../../core/clock.ts";
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
    return Promise.resolve({ LD_PRELOAD: preload });
  },
  late: (clock) => ({ FAKETIME: offset(clock) }),
};

/** `-34128000.250s x300`: seconds from the wall's date to the incident's, and the speed from here on. */
function offset(clock: Clock): string {
  const offsetMs = clock.now() - Date.now();
  return `${offsetMs < 0 ? "-" : "+"}${(Math.abs(offsetMs) / 1_000).toFixed(3)}s x${clock.compression}`;
}
