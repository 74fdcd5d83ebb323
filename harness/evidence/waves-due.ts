/**
 * The waves that a client can be asked for: those that were due while it had the feed. A wave that was due right after
 * its start, or right before a stop or the end of the run, counts where it was traded only.
 */

import { minutes } from "../../core/units.ts";
import { settledMs } from "./client.ts";
import type { Evidence } from "./evidence.ts";
import type { Wave } from "./waves.ts";

/** A wave is late when the next one is due. */
export const deadlineMs = minutes(15);
/** A wave that was due right before a stop or the end of the run, and is not traded, had no fair chance. */
export const fairChanceMs = minutes(4);

export function wavesDue(evidence: Evidence): Wave[] {
  const { journal } = evidence;
  const endAt = journal.first("client.stopping", ({ by }) => by === "end-of-run")?.at ?? journal.endMs;
  const firstUp = journal.first("connection.authenticated")?.at ?? Infinity;
  return evidence
    .waves()
    .waves.filter(
      (wave) =>
        wave.dueAt >= firstUp &&
        wave.dueAt <= endAt &&
        (isTraded(wave) || (wave.dueAt >= firstUp + settledMs && wave.dueAt + fairChanceMs <= endAt)),
    );
}

/** Every signal of the wave has an order, in time. */
export const isTraded = ({ signals, dueAt }: Wave): boolean =>
  signals.every(({ orders }) => orders.some(({ at }) => at < dueAt + deadlineMs));
