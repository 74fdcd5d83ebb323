/**
 * Every wave of signals is traded before the next one is due: all of them once the faults are healed, and at most
 * `missedPerFault` for each fault while it lasts. Waves that fall into a stop by the operator are counted but excused.
 * UTC is the oracle, whatever the client's time zone. Judged from what the signal server offered and what the exchange
 * accepted; a client needs no telemetry for it.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { count, minutes } from "../../core/units.ts";
import { evidence, type Check, type Setting } from "../check.ts";
import { crashFrom, exitText, hadToRun, settledMs } from "./lib/running.ts";
import { waveOrders, type Wave } from "./lib/wave-orders.ts";

/** A wave is late when the next one is due. */
const deadlineMs = minutes(15);
/** A wave that was due right before a stop or the end of the run, and is not traded, had no fair chance. */
const fairChanceMs = minutes(4);

export function tradesEveryWave(options: { missedPerFault: number }): Check {
  const { missedPerFault } = options;
  return {
    name: "trades-every-wave",
    asks: `every wave of signals is traded; at most ${missedPerFault} missed per fault`,
    judge(journal, setting) {
      const endAt = journal.first("client.stopping", ({ by }) => by === "end-of-run")?.at ?? journal.endMs;
      const firstUp = journal.first("connection.authenticated")?.at ?? Infinity;
      const waves = waveOrders(journal, setting).waves.filter(
        (wave) =>
          wave.dueAt >= firstUp &&
          wave.dueAt <= endAt &&
          (traded(wave) || (wave.dueAt >= firstUp + settledMs && wave.dueAt + fairChanceMs <= endAt)),
      );
      const shape = { unit: "waves" };
      if (waves.length === 0) {
        const message = `Whether ${setting.client} trades every wave could not be judged: no wave was due while the scenario ran.`;
        return { ...shape, verdict: "unknown", measured: null, target: 0, message, evidence: [] };
      }

      const missed = waves.filter((wave) => !traded(wave));
      const stopped = missed.filter(({ dueAt }) => !hadToRun(journal, dueAt, dueAt + fairChanceMs));
      const awake = missed.filter((wave) => !stopped.includes(wave));
      const target = stopped.length + excusedByFaults(journal, awake, missedPerFault);
      if (missed.length === waves.length && missed.length <= target) {
        const message = `Whether ${setting.client} trades every wave could not be judged: it traded none, but each of the ${count(waves.length, "wave")} fell into a stop or a fault.`;
        return { ...shape, verdict: "unknown", measured: missed.length, target, message, evidence: [] };
      }
      const verdict = missed.length > target ? "fail" : "pass";
      return {
        ...shape,
        verdict,
        measured: missed.length,
        target,
        message:
          verdict === "pass"
            ? praise(setting, waves, missed, stopped)
            : blame(journal, setting, missed, stopped, awake),
        evidence: causeOf(journal, awake[0])?.evidence ?? [],
      };
    },
  };
}

/** Every signal of the wave has an order, in time. */
const traded = ({ signals, dueAt }: Wave): boolean =>
  signals.every(({ orders }) => orders.some(({ at }) => at < dueAt + deadlineMs));

/** How many waves the faults excuse: each so many of those that were due while it lasted, no wave twice. */
function excusedByFaults(journal: JournalView, missed: readonly Wave[], perFault: number): number {
  const excused = new Set<Wave>();
  for (const { fault } of journal.all("fault.landed")) {
    const from = journal.first("fault.armed", (armed) => armed.fault === fault)?.at ?? Infinity;
    const to = journal.first("fault.healed", (healed) => healed.fault === fault)?.at ?? Infinity;
    missed
      .filter((wave) => !excused.has(wave) && from <= wave.dueAt && wave.dueAt <= to)
      .slice(0, perFault)
      .forEach((wave) => excused.add(wave));
  }
  return excused.size;
}

function praise(setting: Setting, waves: Wave[], missed: Wave[], stopped: Wave[]): string {
  const ran = waves.length - stopped.length;
  const stoppedToo = stopped.length === 0 ? "" : `; ${count(stopped.length, "more wave")} came while it was stopped`;
  return `${setting.client} traded ${ran - (missed.length - stopped.length)} of the ${count(ran, "wave")} it was running for${stoppedToo}.`;
}

function blame(journal: JournalView, setting: Setting, missed: Wave[], stopped: Wave[], awake: Wave[]): string {
  const [first, last] = [awake[0], awake.at(-1)];
  const partly = awake.filter(({ signals }) => signals.some(({ orders }) => orders.length > 0)).length;
  const parts = [
    ...(stopped.length === 0 ? [] : [`${awake.length} while it was running`, `${stopped.length} while it was stopped`]),
    ...(partly === 0 ? [] : [`${partly} traded in part`]),
  ];
  const split = parts.length === 0 ? "" : ` (${parts.join(", ")})`;
  const span =
    first === last ? `wave ${first?.timestamp ?? ""}` : `waves ${first?.timestamp ?? ""} to ${last?.timestamp ?? ""}`;
  const crash = crashFrom(journal, 0);
  const crashed = crash !== undefined && crash.at <= (last?.dueAt ?? 0);
  const lastTrade = journal.last("exchange.order", () => true, first?.dueAt ?? Infinity);
  return [
    `Expected ${setting.client} to trade every wave; it missed ${count(missed.length, "wave")}${split}:`,
    `${span}, due from ${setting.date(first?.dueAt ?? 0)}.`,
    lastTrade === undefined ? "It never traded." : `Before that it last traded at ${setting.date(lastTrade.at)}.`,
    crashed ? `It had ${exitText(crash, setting)}. See journal line ${crash.seq}.` : "",
    causeOf(journal, first)?.text(setting) ?? "",
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** The last thing that happened to the feed before the first miss, where it was a connection lost. */
function causeOf(journal: JournalView, first: Wave | undefined) {
  if (first === undefined) return undefined;
  const until = first.dueAt + deadlineMs;
  const closed = journal.last(
    "connection.closed",
    ({ endpoint, by }) => endpoint === "signal" && by !== "client",
    until,
  );
  if (closed === undefined) return undefined;
  const back = journal.first("connection.opened", ({ endpoint }) => endpoint === "signal", closed.at);
  const what = `${closed.connection} was closed by the ${closed.by} with ${closed.code}${closed.code === 1000 ? " (OK)" : ""}`;
  return {
    evidence: [evidence(closed, what)],
    text: (setting: Setting): string =>
      `At ${setting.date(closed.at)} ${what}, and ${back === undefined ? "it never connected again" : `it was back at ${setting.date(back.at)}`}. See journal line ${closed.seq}.`,
  };
}
