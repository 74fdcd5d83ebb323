/** Hand-written order entry for tests of checks; see `journal.ts`. */

import type { EventMap } from "../../core/journal/event.ts";
import { signalId, type Line } from "./journal.ts";
import { request } from "./rest-journal.ts";

type Request = EventMap["exchange.request"];

/** A client sends the order of a signal: accepted and answered unless the test says otherwise. */
export function sent(
  time: string,
  wave: string,
  symbol = "BTCUSDT",
  more: Partial<Request> & { orderLinkId?: string; tookMs?: number } = {},
): Line {
  const { orderLinkId = signalId(wave, symbol), ...facts } = more;
  const payload = JSON.stringify({
    category: "linear",
    symbol,
    side: "Buy",
    orderType: "Market",
    qty: "1",
    orderLinkId,
  });
  return request(time, "/v5/order/create", { method: "POST", payload, tookMs: 100, ...facts });
}

/** The work was done, or not, and its sender had no answer. */
export const lostReply = { outcome: "reset", status: null, retCode: null, retMsg: "" } as const;

/** Asks for an order by its `orderLinkId`. */
export const lookup = (time: string, orderLinkId: string, more: Partial<Request> = {}): Line =>
  request(time, `/v5/order/realtime?category=linear&orderLinkId=${orderLinkId}`, more);
