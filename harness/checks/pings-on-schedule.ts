/**
 * The client's own JSON pings come on every stream at least so often, whatever else it has to do: a heartbeat that waits
 * behind data is none. From the opening of a stream to its end, or to the client's. Judged from the server's side.
 */

import { count, formatDuration } from "../../core/units.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { evidence, type Check } from "../check.ts";
import { clientEndMs } from "./lib/fault-times.ts";
import { streamLives, type StreamLife } from "./lib/stream-lives.ts";

export interface PingsOnScheduleOptions {
  every: number;
  endpoint?: string;
}

interface Gap {
  life: StreamLife;
  fromAt: number;
  ms: number;
}

export function pingsOnSchedule({ every, endpoint = "exchange-public" }: PingsOnScheduleOptions): Check {
  return {
    name: "pings-on-schedule",
    asks: `pings every stream at least every ${formatDuration(every)}`,
    judge(journal, setting) {
      const shape = { target: every, unit: "ms" };
      const gaps = gapsOf(journal, endpoint);
      const worst = gaps.toSorted((a, b) => b.ms - a.ms)[0];
      if (worst === undefined || (worst.ms < every && !gaps.some(({ fromAt, life }) => fromAt > life.opened.at))) {
        const message = `Whether ${setting.client} pings on schedule could not be judged: no stream of its on ${endpoint} stood for ${formatDuration(every)}.`;
        return { ...shape, verdict: "unknown", measured: null, message, evidence: [] };
      }
      const { life, fromAt, ms } = worst;
      const { connection, opened } = life;
      const proof = [evidence(opened, `${connection} was opened`)];
      const measured = Math.round(ms);
      if (ms <= every) {
        const streams = new Set(gaps.map((gap) => gap.life.connection)).size;
        const message = `${setting.client} pinged each of ${count(streams, "stream")} in time, at most ${formatDuration(ms)} apart.`;
        return { ...shape, verdict: "pass", measured, message, evidence: proof };
      }
      return {
        ...shape,
        verdict: "fail",
        measured,
        message: `Expected ${setting.client} to ping every stream at least every ${formatDuration(every)}; on ${connection} it sent none for ${formatDuration(ms)} from ${setting.date(fromAt)}. See journal line ${opened.seq}.`,
        evidence: proof,
        excuse: { fromAt, toAt: fromAt + ms, latenessMs: ms - every },
      };
    },
  };
}

function gapsOf(journal: JournalView, endpoint: string): Gap[] {
  const endMs = clientEndMs(journal);
  const pings = Map.groupBy(
    journal.all("exchange.stream-request").filter(({ op }) => op === "ping"),
    ({ connection }) => connection,
  );
  return streamLives(journal, endpoint).flatMap((life) => {
    const untilMs = Math.min(life.closed?.at ?? Infinity, endMs);
    const sent = (pings.get(life.connection) ?? []).map(({ at }) => at).filter((at) => at <= untilMs);
    const marks = [life.opened.at, ...sent, untilMs];
    return marks.slice(1).map((at, n) => ({ life, fromAt: marks[n] ?? at, ms: at - (marks[n] ?? at) }));
  });
}
