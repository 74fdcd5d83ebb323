/**
 * There is one runner, never two: by the kernel's list of processes, and on the wire, where two would mean two
 * connections with the same topic. How long two may overlap is what the samples of that list cannot tell apart.
 */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { formatDuration } from "../../core/units.ts";
import { evidence, type Check, type Evidence, type Judgement } from "../check.ts";
import { livesOf, toleranceMs } from "./lib/runners.ts";

interface Span {
  what: string;
  fromAt: number;
  toAt: number;
  shown: JournalEvent;
}

interface Overlap {
  spans: [Span, Span];
  ms: number;
}

export function oneRunner({ child }: { child: string }): Check {
  return {
    name: "one-runner",
    asks: `never runs two of ${child} at once`,
    judge(journal, setting): Judgement {
      const shape = { target: 1, unit: "runners" };
      const lives = livesOf(journal, child).map(({ pid, startedAt, endedAt, born }): Span => ({
        ...{ what: `process ${pid}`, fromAt: startedAt, toAt: Math.min(endedAt, journal.endMs), shown: born },
      }));
      const byTopic = Map.groupBy(topicSpans(journal), ({ topic }) => topic);
      if (lives.length === 0 && byTopic.size === 0) {
        const message = `No ${child} of ${setting.client} was seen, neither as a process nor on the exchange's public stream.`;
        return { ...shape, verdict: "not-applicable", measured: null, message, evidence: [] };
      }
      const overlaps = [lives, ...byTopic.values()].flatMap(overlapsOf);
      const worst = overlaps.toSorted((a, b) => b.ms - a.ms)[0];
      if (worst === undefined || worst.ms <= toleranceMs(setting)) {
        const message = `${setting.client} ran ${lives.length} of ${child}, one after the other, and never subscribed a topic on two connections at once.`;
        return { ...shape, verdict: "pass", measured: 1, message, evidence: [] };
      }
      const [first, second] = worst.spans;
      const message = `Expected ${setting.client} to run one ${child} at a time; ${first.what} and ${second.what} were there together for ${formatDuration(worst.ms)} from ${setting.date(second.fromAt)}. See journal line ${second.shown.seq}.`;
      const proof = worst.spans.map(({ shown, what }): Evidence => evidence(shown, what));
      const excuse = {
        ...{ fromAt: second.fromAt, toAt: second.fromAt + worst.ms, latenessMs: worst.ms - toleranceMs(setting) },
      };
      return { ...shape, verdict: "fail", measured: 2, message, evidence: proof, excuse };
    },
  };
}

/** From when to when each connection was subscribed to each topic. */
function topicSpans(journal: JournalView): (Span & { topic: string })[] {
  return journal
    .all("connection.subscribed")
    .filter(({ endpoint }) => endpoint === "exchange-public")
    .flatMap((subscribed) => {
      const closed = journal.first("connection.closed", ({ connection }) => connection === subscribed.connection);
      return [...new Set(subscribed.topics)].map((topic) => ({
        ...{
          topic,
          what: `${subscribed.connection} with ${topic}`,
          shown: subscribed,
          connection: subscribed.connection,
        },
        ...{ fromAt: subscribed.at, toAt: closed?.at ?? journal.endMs },
      }));
    });
}

/** Of spans in order of their start. A connection that asks for a topic again is still one. */
function overlapsOf(spans: readonly (Span & { connection?: string })[]): Overlap[] {
  return spans.flatMap((second, index) =>
    spans.slice(0, index).flatMap((first): Overlap[] => {
      const ms = Math.min(first.toAt, second.toAt) - second.fromAt;
      const same = first.connection !== undefined && first.connection === second.connection;
      return ms > 0 && !same ? [{ spans: [first, second], ms }] : [];
    }),
  );
}
