/**
 * A client whose pool is nearly used up says so, before the next burst has to queue: telemetry `pool` with `share`, from 0
 * to 1. Only the client can tell how full its pool is, so one without telemetry is not judged; that the pool was full is
 * seen by the exchange, from requests in its hands.
 */

import { count, formatDuration } from "../../core/units.ts";
import { seconds } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";

export interface PoolHealthOptions {
  /** Connections of the pool. */
  limit: number;
  /** The share of it above which it has to be said. */
  above: number;
}

/** From the first moment that so many were in use. */
const withinMs = seconds(10);

export function poolHealth({ limit, above }: PoolHealthOptions): Check {
  return {
    name: "pool-health",
    asks: `says within ${formatDuration(withinMs)} that more than ${Math.round(above * 100)} % of its pool are in use`,
    judge(journal, setting) {
      const shape = { target: withinMs, unit: "ms" };
      const { client } = setting;
      if (journal.first("client.telemetry") === undefined) {
        const message = `${client} sends no telemetry, so what it knows of its pool could not be observed.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const said = journal.first(
        "client.telemetry",
        ({ event, data }) => event === "pool" && typeof data.share === "number" && data.share > above,
      );
      const full = fullAt(journal, limit * above);
      if (full === undefined) {
        const message = `Whether ${client} watches its pool could not be judged: the exchange never had more than ${count(limit * above, "request")} of its in hand.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const ms = said === undefined ? null : Math.round(Math.max(said.at - full, 0));
      if (said !== undefined && ms !== null && ms <= withinMs) {
        const message = `${client} said at ${setting.date(said.at)} that more than ${Math.round(above * 100)} % of its pool were in use.`;
        return { ...shape, verdict: "pass", measured: ms, message, evidence: [evidence(said, "pool")] };
      }
      const how = said === undefined ? "it never did" : `it did ${formatDuration(ms ?? 0)} later`;
      return {
        ...shape,
        verdict: "fail",
        measured: ms,
        message: `Expected ${client} to say within ${formatDuration(withinMs)} that more than ${Math.round(above * 100)} % of its pool were in use, which the exchange saw at ${setting.date(full)}; ${how}. See its telemetry in the journal.`,
        evidence: said === undefined ? [] : [evidence(said, "pool")],
        ...(ms === null ? {} : { excuse: { fromAt: full, toAt: full + ms, latenessMs: ms - withinMs } }),
      };
    },
  };
}

/** The first moment at which the exchange had more than so many requests in hand. */
function fullAt(journal: JournalView, many: number): number | undefined {
  const steps = journal
    .all("exchange.request")
    .flatMap(({ receivedAt, at }) => [
      { at: receivedAt, step: 1 },
      { at, step: -1 },
    ])
    .toSorted((a, b) => a.at - b.at || a.step - b.step);
  let inHand = 0;
  return steps.find(({ step }) => (inHand += step) > many)?.at;
}
