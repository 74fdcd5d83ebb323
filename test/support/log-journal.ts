/** Hand-written lines of a client's log for tests of checks; see `journal.ts`. */

import { line, type Line } from "./journal.ts";

/** A masked line, printed so many times from `agoMs` before that time on. */
export const printed = (time: string, text: string | null, times = 1, spanMs = 0): Line =>
  line(time, "client.printed", { line: text, times, agoMs: spanMs, spanMs });
