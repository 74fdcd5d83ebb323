/**
 * How much memory the client's largest process held, as the kernel showed in samples (Linux). A runtime takes memory as it
 * likes for moments, so single samples say nothing: of a few in a row the least counts.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { clientEndMs } from "./client.ts";

export type MemorySample = JournalEvent<"client.resources">;

export const mib = 2 ** 20;
/** Samples in a row that say something. */
export const enoughSamples = 3;

/** Up to the client's end: what it holds while it is being stopped says nothing. */
export function memorySamples(journal: JournalView): MemorySample[] {
  const endMs = clientEndMs(journal);
  return journal.all("client.resources").filter(({ at }) => at <= endMs);
}

/** The least that these samples show, in MiB. */
export const leastMib = (samples: readonly MemorySample[]): number =>
  Math.round(Math.min(...samples.map(({ rssBytes }) => rssBytes)) / mib);
