/** The client's REST requests as the exchange saw them, and what can be asked of one. */

import type { JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { once } from "./once.ts";

export type Request = JournalEvent<"exchange.request">;

/** In the order they arrived, which is not that of the journal: there a request stands where it ended. */
export const requestsOf = once((journal: JournalView): Request[] =>
  journal.all("exchange.request").toSorted((a, b) => a.receivedAt - b.receivedAt),
);

/** The parameters of a GET; none of a POST. */
export const queryOf = ({ method, payload }: Request): URLSearchParams =>
  new URLSearchParams(method === "GET" ? payload : "");

/** Empty where it names none. */
export const symbolOf = (request: Request): string => queryOf(request).get("symbol") ?? "";

export const lastedMs = ({ at, receivedAt }: Request): number => at - receivedAt;

/** A whole envelope with retCode 0. */
export const succeeded = ({ outcome, status, retCode }: Request): boolean =>
  outcome === "answered" && status === 200 && retCode === 0;

/** An answer that is a success and holds something. */
export const gaveData = (request: Request): boolean =>
  request.retCode === 0 && !request.empty && request.status === 200;

/** No whole envelope came. An envelope that says no is an answer. */
export const failed = ({ outcome, retCode }: Request): boolean => outcome !== "answered" || retCode === null;

/** `GET /v5/market/kline`. */
export const requestText = ({ method, path }: Request): string => `${method} ${path}`;

/** Bybit's own endpoints for its time: asked when it is needed, so there is no pace in it. */
export const asksTime = ({ path }: Request): boolean => /^\/v[35]\/(market|public)\/time$/.test(path);
