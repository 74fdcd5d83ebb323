/**
 * What a client polls, as told from outside: the requests of one operation (path, symbol, interval), its rhythm, and how
 * long one value was the newest. The rhythm is the client's own, the median distance from a poll that was answered to
 * the next one, before the first fault where there was time enough, else between them: so any polling client is held to its own pace, and a fault
 * cannot stretch the measure it is measured by. What is asked for only a few times has no rhythm and is left out.
 */

import type { JournalView } from "../../../core/journal/view.ts";
import { seconds } from "../../../core/units.ts";
import { clientEndMs, faultTimes } from "./fault-times.ts";
import { queryOf, requestsOf, requestText, succeeded, type Request } from "./requests.ts";
import { crashFrom } from "./running.ts";

export interface Polled {
  /** `GET /v5/market/kline linear BTCUSDT 5`. */
  name: string;
  path: string;
  /** Empty where it names none. */
  symbol: string;
  /** In the order they arrived. */
  requests: readonly Request[];
  rhythmMs: number;
  /** Whether the rhythm was measured while nothing was wrong; else it is the best there is. */
  undisturbed: boolean;
}

/** From one value to the next. */
export interface Gap {
  from: Request;
  /** Undefined where no further one came. */
  to: Request | undefined;
  toAt: number;
  ms: number;
}

/** What tells one operation from another; timestamps and cursors do not. */
const telling = ["category", "symbol", "interval", "intervalTime"];
const enough = 3;
/** Asked for several times in a row, to measure the clock. */
const timePath = "/v5/market/time";
/** What a fault held up is through by then. */
const afterglowMs = seconds(30);

export function polled(journal: JournalView): Polled[] {
  const faults = faultTimes(journal);
  const firstFaultAt = Math.min(...faults.map(({ armedAt }) => armedAt));
  // The best there is to measure by comes first.
  const times = [
    (atMs: number) => atMs < firstFaultAt,
    (atMs: number) => faults.every(({ armedAt, healedAt }) => atMs < armedAt || atMs > healedAt + afterglowMs),
  ] as const;
  const firstOf = (distances: (when: (atMs: number) => boolean) => number[]): number | undefined =>
    times.map((when) => medianOf(distances(when))).find((median) => median !== undefined);
  const atAnyTime = (): boolean => true;

  const byPath = Map.groupBy(
    requestsOf(journal).filter(({ path }) => path !== timePath),
    ({ path }) => path,
  );
  return [...byPath].flatMap(([path, ofPath]) => {
    const operations = [...Map.groupBy(ofPath, nameOf)];
    const all = (when: (atMs: number) => boolean) => operations.flatMap(([, requests]) => distances(requests, when));
    const shared = firstOf(all);
    return operations.flatMap(([name, requests]) => {
      const own = firstOf((when) => distances(requests, when)) ?? shared;
      const rhythmMs = own ?? medianOf(all(atAnyTime));
      const symbol = requests[0] === undefined ? "" : (queryOf(requests[0]).get("symbol") ?? "");
      return rhythmMs === undefined ? [] : [{ name, path, symbol, requests, rhythmMs, undisturbed: own !== undefined }];
    });
  });
}

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

/** Between the values of an operation, the last until the client had nothing more to do. */
export function gapsOf({ requests }: Polled, journal: JournalView): Gap[] {
  const values = requests.filter(succeeded).toSorted((a, b) => a.at - b.at);
  // One that ended by itself had to go on.
  const endMs = crashFrom(journal, 0) === undefined ? clientEndMs(journal) : journal.endMs;
  return values.map((from, index) => {
    const to = values[index + 1];
    const toAt = to?.at ?? Math.max(endMs, from.at);
    return { from, to, toAt, ms: toAt - from.at };
  });
}

function nameOf(request: Request): string {
  const query = queryOf(request);
  return [requestText(request), ...telling.flatMap((name) => query.get(name) ?? [])].join(" ");
}

function medianOf(values: readonly number[]): number | undefined {
  return values.length < enough ? undefined : values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
