/**
 * Every wave of signals is traded before the next one is due: all of them once the faults are healed, and at most
 * `missedPerFault` for each fault while it lasts. Waves that fall into a stop by the operator are counted but excused.
 * UTC is the oracle, whatever the client's time zone. Judged from what the signal server offered and what the exchange
 * accepted; a client needs no telemetry for it. The verdict says what the misses cost: orders, refusals with their code, money.
 */

import { count } from "../../../core/units.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { missedOrdersText } from "../../evidence/orders/missed-orders.ts";
import { closeText } from "../../evidence/streams.ts";
import { deadlineMs, fairChanceMs, isTraded, wavesDue } from "../../evidence/waves-due.ts";
import type { Wave } from "../../evidence/waves.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";

export const tradesEveryWave = atMost<{ missedPerFault: number }>("trades-every-wave", {
  asks: ({ missedPerFault }) => `trades every wave of signals; misses at most ${missedPerFault} per fault`,
  unit: "waves",
  limit: () => 0,
  todo: "trade every wave",
  unjudged: "no wave was due while the scenario ran",
  cases(evidence, { missedPerFault }) {
    const waves = wavesDue(evidence);
    const missed = waves.filter((wave) => !isTraded(wave));
    const stopped = missed.filter(({ dueAt }) => !evidence.hadToRun(dueAt, dueAt + fairChanceMs));
    const awake = missed.filter((wave) => !stopped.includes(wave));
    const most = stopped.length + excusedByFaults(evidence, awake, missedPerFault);
    const event = causeOf(evidence, awake[0]) ?? evidence.journal.first("signal.appeared");
    if (waves.length === 0 || event === undefined) return [];
    if (missed.length === waves.length && missed.length <= most) {
      return `it traded none, but each of the ${count(waves.length, "wave")} fell into a stop or a fault`;
    }
    const ran = waves.length - stopped.length;
    const stoppedToo = stopped.length === 0 ? "" : `; ${count(stopped.length, "more wave")} came while it was stopped`;
    const praise = `it traded ${ran - awake.length} of the ${count(ran, "wave")} it was running for${stoppedToo}`;
    const seen = missed.length > most ? blame(evidence, missed, stopped, awake) : praise;
    const what = event.type === "connection.closed" ? closeText(event) : "the first signal";
    // A signal of the first wave may have appeared before the trial began.
    const at = Math.max(event.at, evidence.startMs());
    return [{ event, what, at, value: missed.length, most, seen, more: [lineOf(event, what)] }];
  },
});

/** How many waves the faults excuse: each so many of those that were due while it lasted, no wave twice. */
function excusedByFaults(evidence: Evidence, missed: readonly Wave[], perFault: number): number {
  const excused = new Set<Wave>();
  for (const { armedAt, overAt } of evidence.faults().toSorted((a, b) => a.landedAt - b.landedAt)) {
    missed
      .filter((wave) => !excused.has(wave) && armedAt <= wave.dueAt && wave.dueAt <= overAt)
      .slice(0, perFault)
      .forEach((wave) => excused.add(wave));
  }
  return excused.size;
}

function blame(evidence: Evidence, missed: Wave[], stopped: Wave[], awake: Wave[]): string {
  const [first, last] = [awake[0], awake.at(-1)];
  const partly = awake.filter(({ signals }) => signals.some(({ orders }) => orders.length > 0)).length;
  const parts = [
    ...(stopped.length === 0 ? [] : [`${awake.length} while it was running`, `${stopped.length} while it was stopped`]),
    ...(partly === 0 ? [] : [`${partly} traded in part`]),
  ];
  const split = parts.length === 0 ? "" : ` (${parts.join(", ")})`;
  const to =
    first === last ? `wave ${first?.timestamp ?? ""}` : `waves ${first?.timestamp ?? ""} to ${last?.timestamp ?? ""}`;
  const crash = evidence.crash();
  const crashed = crash !== undefined && crash.at <= (last?.dueAt ?? 0);
  const lastTrade = evidence.journal.last("exchange.order", () => true, first?.dueAt ?? Infinity);
  const cause = causeOf(evidence, first);
  const back = cause && evidence.journal.first("connection.opened", ({ endpoint }) => endpoint === "signal", cause.at);
  const whenBack = back === undefined ? "it never connected again" : `it was back at ${evidence.date(back.at)}`;
  return [
    `it missed ${count(missed.length, "wave")}${split}: ${to}, due from ${evidence.date(first?.dueAt ?? 0)}`,
    lastTrade === undefined ? "it never traded" : `before that it last traded at ${evidence.date(lastTrade.at)}`,
    ...(crashed ? [`it had ${evidence.exitText(crash)}`] : []),
    ...(cause === undefined ? [] : [`at ${evidence.date(cause.at)} ${closeText(cause)}, and ${whenBack}`]),
    missedOrdersText(evidence, awake),
  ].join("; ");
}

/** The last thing that happened to the feed before the first miss, where it was a connection lost. */
const causeOf = (evidence: Evidence, first: Wave | undefined) =>
  first === undefined
    ? undefined
    : evidence.journal.last(
        "connection.closed",
        ({ endpoint, by }) => endpoint === "signal" && by !== "client",
        first.dueAt + deadlineMs,
      );
