/** Hand-written REST traffic for tests of checks; see `journal.ts`. */

import type { EventMap } from "../../core/journal/event.ts";
import { at, line, type Line } from "./journal.ts";

type Request = EventMap["exchange.request"];

/**
 * A GET that ended at that time, answered with success at once unless the test says otherwise.
 * @param url Path and query: `/v5/market/kline?symbol=BTCUSDT&interval=5`.
 */
export function request(time: string, url: string, more: Partial<Request> & { tookMs?: number } = {}): Line {
  const { tookMs = 0, ...facts } = more;
  const [path = url, payload = ""] = url.split("?");
  return line(time, "exchange.request", {
    ...{ connection: "rest-1", method: "GET", path, payload, receivedAt: at(time) - tookMs },
    ...{ executed: true, outcome: "answered", status: 200, retCode: 0, retMsg: "OK" },
    ...{ signedAheadMs: null, resetAt: null, empty: false },
    ...facts,
  });
}

/** The same GET again and again, answered: from a time of day on, every so many seconds. */
export const polling = (url: string, from: string, everySeconds: number, times: number): Line[] =>
  Array.from({ length: times }, (_, n) => shifted(request(from, url), n * everySeconds * 1_000));

/** The line so many ms later. */
export const shifted = ({ at: moment, type, data }: Line, ms: number): Line =>
  ({
    at: moment + ms,
    type,
    data: "receivedAt" in data ? { ...data, receivedAt: data.receivedAt + ms } : data,
  }) as unknown as Line;

/** A fault of the exchange's REST that landed as soon as it was armed. */
export const restFault = (id: string, from: string, to: string): Line[] => {
  const named = { fault: id, name: "server.rest" };
  return [
    line(from, "fault.armed", { ...named, endpoint: "exchange-rest", awaits: "a request" }),
    line(from, "fault.landed", { ...named, proof: 0, evidence: "rest-1: GET /v5/market/tickers met status" }),
    line(to, "fault.healed", { ...named, by: "scenario" }),
  ];
};

/** The same request every so many seconds, from the first time to the last. */
export function every(
  periodS: number,
  from: string,
  to: string,
  url: string,
  more: Parameters<typeof request>[2] = {},
) {
  const times = Math.floor((at(to) - at(from)) / 1_000 / periodS) + 1;
  return Array.from({ length: times }, (_, n) => shifted(request(from, url, more), n * periodS * 1_000));
}
