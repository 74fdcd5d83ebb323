/** The client's REST requests as the exchange saw them, and what a check asks of one. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

export type Request = JournalEvent<"exchange.request">;

/** In the order they arrived, which is not that of the journal: there a request stands where it ended. */
export const requestsOf = (journal: JournalView): Request[] =>
  journal.all("exchange.request").toSorted((a, b) => a.receivedAt - b.receivedAt);

/** The parameters of a GET; none of a POST. */
export const queryOf = ({ method, payload }: Request): URLSearchParams =>
  new URLSearchParams(method === "GET" ? payload : "");

/** A whole envelope with retCode 0. */
export const succeeded = ({ outcome, status, retCode }: Request): boolean =>
  outcome === "answered" && status === 200 && retCode === 0;

/** `GET /v5/market/kline`. */
export const requestText = ({ method, path }: Request): string => `${method} ${path}`;
