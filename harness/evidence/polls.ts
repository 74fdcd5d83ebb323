/**
 * What a client polls, as seen from outside: the requests of one operation (method, path, symbol, interval), its rhythm,
 * and how long one value was the newest. The rhythm is the client's own, the median distance from a poll that was
 * answered to the next one, before the first fault where there was time enough, else between them: so any polling client
 * is held to its own pace, and a fault cannot stretch the measure it is measured by.
 */

import type { JournalView } from "../../core/journal/view.ts";
import { seconds } from "../../core/units.ts";
import { clientEndMs, crashFrom } from "./client.ts";
import { faultsOf } from "./faults.ts";
import { once } from "./once.ts";
import { asksTime, gaveData, queryOf, requestsOf, requestText, succeeded, symbolOf, type Request } from "./requests.ts";

export interface Operation {
  /** `GET /v5/market/kline linear BTCUSDT 5`. */
  name: string;
  method: string;
  path: string;
  /** Empty where it names none. */
  symbol: string;
  /** In the order they arrived. */
  requests: readonly [Request, ...Request[]];
}

export interface Polled extends Operation {
  rhythmMs: number;
  /** Whether the rhythm was measured while nothing was wrong; else it is the best there is. */
  undisturbed: boolean;
}

/** From one value to the next. */
export interface ValueGap {
  of: Polled;
  from: Request;
  /** Undefined where no further one came. */
  to: Request | undefined;
  toAt: number;
  ms: number;
}

/** What distinguishes one operation from another; timestamps and cursors do not. */
const distinguishing = ["category", "symbol", "interval", "intervalTime"];
const enough = 3;
/** What a fault held up is through by then. */
const afterglowMs = seconds(30);

export const operationsOf = once((journal: JournalView): Operation[] => {
  const requests = requestsOf(journal).filter((request) => !asksTime(request));
  return [...Map.groupBy(requests, operationName)].flatMap(([name, [first, ...more]]) =>
    first === undefined
      ? []
      : [{ name, method: first.method, path: first.path, symbol: symbolOf(first), requests: [first, ...more] }],
  );
});

/** An order is no poll, however often one is sent. */
const isRead = ({ method }: Operation): boolean => method === "GET";

/** Those that have a rhythm: what is asked for only a few times has none. */
export const polledOf = once((journal: JournalView): Polled[] => {
  const faults = faultsOf(journal);
  const firstFaultAt = Math.min(...faults.map(({ armedAt }) => armedAt));
  // The best there is to measure by comes first.
  const times = [
    (atMs: number) => atMs < firstFaultAt,
    (atMs: number) => faults.every(({ armedAt, healedAt }) => atMs < armedAt || atMs > healedAt + afterglowMs),
  ] as const;
  const firstOf = (distances: (when: (atMs: number) => boolean) => number[]): number | undefined =>
    times.map((when) => medianOf(distances(when))).find((median) => median !== undefined);
  // Those of one symbol are of a kind; a list of all that is looked up at the start is no poll of theirs.
  const kindOf = ({ path, symbol }: Operation): string => `${path} ${symbol === "" ? "of all" : "of one"}`;
  return [...Map.groupBy(operationsOf(journal).filter(isRead), kindOf).values()].flatMap((ofPath) => {
    const all = (when: (atMs: number) => boolean) => ofPath.flatMap(({ requests }) => distances(requests, when));
    const shared = firstOf(all);
    return ofPath.flatMap((operation) => {
      const own = firstOf((when) => distances(operation.requests, when)) ?? shared;
      const rhythmMs = own ?? medianOf(all(() => true));
      return rhythmMs === undefined ? [] : [{ ...operation, rhythmMs, undisturbed: own !== undefined }];
    });
  });
});

/**
 * From each poll that was answered to the next one, both at such a time. The first is left out: a client that comes up is
 * late with it, and then the next one seems to come soon.
 */
function distances(requests: readonly Request[], when: (atMs: number) => boolean): number[] {
  return requests.slice(2).flatMap((request, index) => {
    const before = requests[index + 1];
    const counts = before !== undefined && succeeded(before) && when(before.receivedAt) && when(request.receivedAt);
    return counts ? [request.receivedAt - before.receivedAt] : [];
  });
}

/** Between the values of every polled operation, the last until the client had nothing more to do. */
export const valueGapsOf = once((journal: JournalView): ValueGap[] => {
  // One that ended by itself had to go on.
  const endMs = crashFrom(journal) === undefined ? clientEndMs(journal) : journal.endMs;
  return polledOf(journal).flatMap((of) => {
    const values = of.requests.filter(succeeded).toSorted((a, b) => a.at - b.at);
    return values.map((from, index): ValueGap => {
      const to = values[index + 1];
      const toAt = to?.at ?? Math.max(endMs, from.at);
      return { of, from, to, toAt, ms: toAt - from.at };
    });
  });
});

/**
 * The longest time between two requests of an operation that brought data, up to a moment: what is tried again and again
 * has no pace. Undefined where there is nothing to go by: it had data less than four times, or had ended long before,
 * as what is asked a few times at a start. Three may be the attempts of one turn, given up too early for their replies.
 */
export function longestPauseMs({ requests }: Operation, untilMs: number): number | undefined {
  const times = requests
    .filter((one) => gaveData(one) && one.receivedAt <= untilMs)
    .map(({ receivedAt }) => receivedAt);
  if (times.length < 4) return undefined;
  const longestMs = Math.max(...stepsOf(times));
  const sinceMs = untilMs - (times.at(-1) ?? -Infinity);
  return longestMs > 0 && sinceMs <= 2 * longestMs ? longestMs : undefined;
}

/** The times between successive moments. */
export const stepsOf = (times: readonly number[]): number[] => times.slice(1).map((at, n) => at - (times[n] ?? at));

/** What tells this operation from others: `GET /v5/market/kline linear BTCUSDT 5`. */
export function operationName(request: Request): string {
  const query = queryOf(request);
  return [requestText(request), ...distinguishing.flatMap((name) => query.get(name) ?? [])].join(" ");
}

function medianOf(values: readonly number[]): number | undefined {
  return values.length < enough ? undefined : values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
