/**
 * Watches the harness's own event loop. At x300 a pause of 100 ms is half a minute of incident, and whatever was
 * measured across it says more about this machine than about the client.
 */

import { wallClock, type Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";

const sampleMs = 10;
/** Less is ordinary scheduling, and would fill the journal. */
const notableMs = 10;

/** @returns The way to stop watching. */
export function watchSlip(clock: Clock, journal: JournalSink): () => void {
  let dueMs = wallClock.elapsed() + sampleMs;
  let timer = wallClock.after(sampleMs, look);
  function look(): void {
    const wallMs = Math.round(wallClock.elapsed() - dueMs);
    if (wallMs >= notableMs) journal.write("harness.slipped", { wallMs, incidentMs: wallMs * clock.compression });
    dueMs = wallClock.elapsed() + sampleMs;
    timer = wallClock.after(sampleMs, look);
  }
  return () => timer.cancel();
}
