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
    ...{ signedAheadMs: null, resetAt: null },
    ...facts,
  });
}
