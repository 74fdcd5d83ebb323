/**
 * There is one runner, never two: by the kernel's list of processes, and on the wire, where two would mean two
 * connections with the same topic. How long two may overlap is what the samples of that list cannot distinguish.
 */

import { count, formatDuration } from "../../../core/units.ts";
import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Evidence } from "../../evidence/evidence.ts";
import { lineOf } from "../../incident/check.ts";
import { atMost } from "../../verdicts/figure.ts";

interface Span {
  what: string;
  fromAt: number;
  toAt: number;
  event: JournalEvent;
  connection?: string;
}

export const oneRunner = atMost<{ child: string }>("one-runner", {
  asks: ({ child }) => `never runs two of ${child} at once`,
  unit: "runners",
  limit: () => 1,
  todo: ({ child }) => `run one ${child} at a time`,
  unjudged: ({ child }) => `no ${child} was seen, neither as a process nor on the exchange's public stream`,
  cases(evidence, { child }) {
    const { samplesApartMs } = evidence.tolerances;
    const groups = spansOf(evidence, child);
    const together = groups.flatMap(overlapsOf).flatMap(([first, second, ms]) => {
      if (ms <= samplesApartMs) return [];
      const seen = `${first.what} and ${second.what} were there together for ${formatDuration(ms)} from ${evidence.date(second.fromAt)}`;
      const excuse = { fromAt: second.fromAt, toAt: second.fromAt + ms, latenessMs: ms - samplesApartMs };
      const more = [lineOf(first.event, first.what)];
      return [{ event: second.event, what: second.what, at: second.fromAt, value: 2, ms, seen, excuse, more }];
    });
    if (together.length > 0) return together.toSorted((a, b) => b.ms - a.ms);
    return groups
      .flat()
      .slice(0, 1)
      .map(({ event, what, fromAt }) => {
        const seen = `it ran ${count(groups[0]?.length ?? 0, child, `of ${child}`)}, one after the other, and never had a topic on two connections at once`;
        return { event, what, at: fromAt, value: 1, seen };
      });
  },
});

/** The processes, and for each topic the connections that carried it. */
function spansOf(evidence: Evidence, child: string): Span[][] {
  const endMs = evidence.journal.endMs;
  const processes = evidence.runners(child).map(({ pid, startedAt, endedAt, born }) => {
    return { what: `process ${pid}`, fromAt: startedAt, toAt: Math.min(endedAt, endMs), event: born };
  });
  const topics = evidence.topics("exchange-public").map(({ topic, spans }) =>
    spans.map(({ connection, opened, fromAt, toAt }): Span => {
      return { what: `${connection} with ${topic}`, fromAt, toAt: Math.min(toAt, endMs), event: opened, connection };
    }),
  );
  return [processes, ...topics];
}

/** Of spans in order of their start. A connection that asks for a topic again is still one. */
const overlapsOf = (unordered: readonly Span[]): [first: Span, second: Span, ms: number][] => {
  let open: readonly Span[] = [];
  return unordered
    .toSorted((a, b) => a.fromAt - b.fromAt)
    .flatMap((second) => {
      const others = open.filter(({ toAt }) => toAt > second.fromAt);
      open = [...others, second];
      return others.flatMap((first): [Span, Span, number][] => {
        const ms = Math.min(first.toAt, second.toAt) - second.fromAt;
        const same = first.connection !== undefined && first.connection === second.connection;
        return ms > 0 && !same ? [[first, second, ms]] : [];
      });
    });
};
