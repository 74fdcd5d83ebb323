/**
 * Watches the harness's own event loop. At x300 a pause of 100 ms is half a minute of incident, and whatever was
 * measured across it says more about this machine than about the client.
 */

import { wallClock, type Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";

const sampleMs = 10;
/** A timer's own coarseness. */
const ordinaryMs = 2;
/** Less would fill the journal. */
const notableMs = 10;

/** @returns The way to stop watching. */
export function watchSlip(clock: Clock, journal: JournalSink): () => void {
  let dueMs = wallClock.elapsed() + sampleMs;
  let timer = wallClock.after(sampleMs, look);
  let sumMs = 0;
  function look(): void {
    const lateMs = wallClock.elapsed() - dueMs;
    // Many short pauses make a long one.
    if (lateMs >= ordinaryMs) sumMs += lateMs;
    if (sumMs >= notableMs) {
      const wallMs = Math.round(sumMs);
      journal.write("harness.slipped", { wallMs, incidentMs: wallMs * clock.compression });
      sumMs = 0;
    }
    dueMs = wallClock.elapsed() + sampleMs;
    timer = wallClock.after(sampleMs, look);
  }
  return () => timer.cancel();
}
