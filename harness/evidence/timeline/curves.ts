/** The curves of a timeline: how much went to and fro, and how long answers took. */

import { lineNumber } from "../../../core/journal/place.ts";
import type { Evidence } from "../evidence.ts";
import { failed, lastedMs } from "../requests.ts";
import { evenly, type Curve } from "./marks.ts";

/** How finely something is counted over the whole time. */
const buckets = 600;

interface Range {
  fromAt: number;
  toAt: number;
}

/** How many a second. @param moments With how many each stands for. */
function rate(
  moments: readonly { at: number; count: number }[],
  { fromAt, toAt }: Range,
): Pick<Curve, "at" | "values"> {
  const widthMs = Math.max((toAt - fromAt) / buckets, 1_000);
  const counts = new Array<number>(Math.ceil((toAt - fromAt) / widthMs) + 1).fill(0);
  for (const { at, count } of moments) {
    const bucket = Math.floor((at - fromAt) / widthMs);
    if (bucket >= 0 && bucket < counts.length) counts[bucket] = (counts[bucket] ?? 0) + count;
  }
  return {
    at: counts.map((_, n) => Math.round(fromAt + n * widthMs)),
    values: counts.map((count) => Number(((count * 1_000) / widthMs).toPrecision(3))),
  };
}

function rateCurve(
  id: string,
  title: string,
  moments: readonly { at: number; count: number }[],
  range: Range,
): Curve[] {
  if (moments.length === 0) return [];
  const counted = rate(moments, range);
  return [{ id, title, unit: "/s", draw: "steps", ...counted, lines: counted.at.map(() => 0), total: moments.length }];
}

export function curvesOf(evidence: Evidence, range: Range, most: number): Curve[] {
  const requests = evidence.requests();
  const one = ({ receivedAt }: { receivedAt: number }) => ({ at: receivedAt, count: 1 });
  const pings = evidence
    .all("connection.pong")
    .map((event) => ({ at: event.at, value: event.afterMs, line: lineNumber(event) }));
  const answers = requests.map((event) => ({ at: event.at, value: lastedMs(event), line: lineNumber(event) }));
  return [
    ...messages(evidence),
    ...rateCurve("requests", "Requests", requests.map(one), range),
    ...rateCurve("failed-requests", "Failed requests", requests.filter(failed).map(one), range),
    ...latency("answers", "Answers took", answers, most),
    ...latency("pongs", "Pongs took", pings, most),
  ];
}

/** Of each stream endpoint, as often as it was counted. */
const messages = (evidence: Evidence): Curve[] =>
  [...Map.groupBy(evidence.all("exchange.stream-sent"), ({ endpoint }) => endpoint)].map(([endpoint, all]) => {
    // In less than a second there is no rate to speak of.
    const long = all.filter(({ at, fromAt }) => at - fromAt >= 1_000);
    const steps = long.flatMap(({ at, fromAt, frames, seq }, n) => {
      const step = {
        at: fromAt,
        value: Number(((frames * 1_000) / (at - fromAt)).toPrecision(3)),
        line: seq + 1,
      };
      const next = long[n + 1]?.fromAt;
      // Between two counts that do not touch nothing went out.
      return next !== undefined && next - at < 1_000 ? [step] : [step, { at, value: 0, line: 0 }];
    });
    return {
      ...{ id: `messages-${endpoint}`, title: `Messages, ${endpoint}`, unit: "/s", draw: "steps" as const },
      at: steps.map(({ at }) => Math.round(at)),
      values: steps.map(({ value }) => value),
      lines: steps.map(({ line }) => line),
      total: all.length,
    };
  });

interface Point {
  at: number;
  value: number;
  line: number;
}

/** The longest are always there: they are what one looks for. */
function latency(id: string, title: string, all: readonly Point[], most: number): Curve[] {
  if (all.length === 0) return [];
  const longest = all.length <= most ? [] : all.toSorted((a, b) => b.value - a.value).slice(0, Math.floor(most / 4));
  const points = [...new Set([...longest, ...evenly(all, most - longest.length)])].toSorted((a, b) => a.at - b.at);
  return [
    {
      ...{ id, title, unit: "ms", draw: "points", total: all.length },
      at: points.map(({ at }) => Math.round(at)),
      values: points.map(({ value }) => Math.round(value)),
      lines: points.map(({ line }) => line),
    },
  ];
}
