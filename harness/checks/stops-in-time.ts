/**
 * A client that the operator asks to stop is gone within a time: its process ended by itself, every connection closed,
 * and no process of it left running. A process's end takes wall time, so it is judged at a low compression, and what this
 * machine was late by excuses it.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { count, formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Evidence, type Judgement } from "../check.ts";

interface Stop {
  asked: JournalEvent<"client.stopping">;
  /** When all of it was over; Infinity where something was not. */
  overAt: number;
  /** What was wrong, in words. */
  faults: string[];
  proof: Evidence[];
}

export function stopsInTime({ within }: { within: number }): Check {
  return {
    name: "stops-in-time",
    asks: `has closed everything and is gone within ${formatDuration(within)} of being asked to stop`,
    judge(journal, setting): Judgement {
      const { client } = setting;
      const shape = { target: within, unit: "ms" };
      const stops = journal
        .all("client.stopping")
        .filter(({ by }) => by === "operator")
        .map((asked) => lookAt(journal, asked));
      const worst = stops.toSorted(
        (a, b) => b.faults.length - a.faults.length || b.overAt - b.asked.at - (a.overAt - a.asked.at),
      )[0];
      if (worst === undefined) {
        const message = `Nobody asked ${client} to stop.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const { asked, overAt, faults, proof } = worst;
      const tookMs = overAt - asked.at;
      const measured = Number.isFinite(tookMs) ? Math.round(tookMs) : null;
      const when = `${asked.signal} at ${setting.date(asked.at)}`;
      if (faults.length === 0 && tookMs <= within) {
        const message = `${client} was gone, with every connection closed, ${formatDuration(tookMs)} after ${when}.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      const late = faults.length === 0 ? [`it took ${formatDuration(tookMs)}`] : faults;
      const message = `Expected ${client} to close every connection and to be gone within ${formatDuration(within)} of ${when}; ${late.join("; ")}. See journal line ${proof.at(-1)?.seq ?? asked.seq}.`;
      const excuse = { fromAt: asked.at, toAt: overAt, latenessMs: tookMs - within };
      return {
        ...shape,
        verdict: "fail",
        measured,
        message,
        evidence: proof,
        ...(faults.length === 0 ? { excuse } : {}),
      };
    },
  };
}

function lookAt(journal: JournalView, asked: JournalEvent<"client.stopping">): Stop {
  const proof = [evidence(asked, `it was asked to stop by ${asked.signal}`)];
  const after = journal.events.slice(asked.seq);
  const exit = after.find((event) => event.type === "client.exited");
  if (exit === undefined) return { asked, overAt: Infinity, faults: ["its process never ended"], proof };
  proof.push(evidence(exit, `process ${exit.pid} ended with ${exit.signal ?? `code ${exit.code ?? "unknown"}`}`));
  const faults: string[] = [];
  if (exit.signal === "SIGKILL")
    faults.push(`its process went on until it was killed after ${formatDuration(exit.at - asked.at)}`);
  const left = after.filter((event) => event.type === "client.left-behind" && event.seq < exit.seq);
  if (left.length > 0) {
    faults.push(`it left ${count(left.length, "process", "processes")} running`);
    proof.push(...left.map((event) => evidence(event, "this process went on")));
  }
  const closes = openAt(journal, asked.seq).map((connection) => ({
    connection,
    closed: after.find((event) => event.type === "connection.closed" && event.connection === connection),
  }));
  const open = closes.filter(({ closed }) => closed === undefined).map(({ connection }) => connection);
  if (open.length > 0) faults.push(`${open.join(", ")} stayed open`);
  const overAt = Math.max(exit.at, ...closes.map(({ closed }) => closed?.at ?? Infinity));
  return { asked, overAt, faults, proof };
}

/** The client's connections at that line of the journal. */
function openAt(journal: JournalView, seq: number): string[] {
  const open = new Set<string>();
  for (const event of journal.events.slice(0, seq)) {
    if (event.type === "connection.opened") open.add(event.connection);
    else if (event.type === "connection.closed") open.delete(event.connection);
  }
  return [...open];
}
