/**
 * What a REST endpoint is: one file in `routes/` that default-exports one of these. The server finds it, checks the
 * signature where `auth` says so, and wraps what the handler returns in Bybit's envelope.
 */

import type { ExchangeState } from "../state.ts";

export interface RestRequest {
  /** The query string, decoded. */
  query: URLSearchParams;
  /** The JSON body; empty for GET. */
  body: Record<string, unknown>;
  /** Epoch ms at which the request arrived. */
  nowMs: number;
}

/** A result whose envelope is not the ordinary one. */
export class Reply {
  readonly result: unknown;
  readonly retMsg: string;
  /** More keys beside `result`. */
  readonly beside: Readonly<Record<string, unknown>>;

  constructor(result: unknown, retMsg: string, beside: Readonly<Record<string, unknown>> = {}) {
    this.result = result;
    this.retMsg = retMsg;
    this.beside = beside;
  }
}

export interface Route {
  method: "GET" | "POST";
  path: string;
  auth: "public" | "private";
  /** @returns The `result` of the envelope, or a Reply. Throws a RetError for a business error. */
  handle(request: RestRequest, state: ExchangeState): unknown;
}

export const route = (definition: Route): Route => definition;
