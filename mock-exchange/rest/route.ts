/**
 * What a REST endpoint is: one file in `routes/` that default-exports one of these. The server finds it, checks the
 * signature where `auth` says so, and wraps what the handler returns in Bybit's envelope.
 */

import type { Deed } from "../api-key.ts";
import type { Limit } from "../limits/user-limits.ts";
import type { ApiKey } from "./authenticate.ts";
import type { ExchangeState } from "../state.ts";

export interface RestRequest {
  /** The query string, decoded. */
  query: URLSearchParams;
  /** The JSON body; empty for GET. */
  body: Record<string, unknown>;
  /** Epoch ms at which the request arrived. */
  nowMs: number;
  /** Who signed; undefined on a public endpoint. */
  key?: ApiKey;
  /** How much of `weight` the rate limit lets through. */
  granted: number;
}

export interface Route {
  method: "GET" | "POST";
  path: string;
  auth: "public" | "private";
  /** What one user may ask of it; without it there is no limit, and no limit headers. */
  limit?: Limit;
  /** What is counted together; the path where not given. */
  bucket?: string;
  /** How much of the limit a request takes. Default 1; a batch that is granted only a part handles the rest itself. */
  weight?(body: Record<string, unknown>): number;
  /** What it needs a permission for; reading needs none. */
  deed?: Deed;
  /** @returns The `result` of the envelope, or a `JsonText` or `Reply` of it. Throws a RetError for a business error. */
  handle(request: RestRequest, state: ExchangeState): unknown;
}

/** A result whose envelope is not the ordinary one. */
export class Reply {
  readonly result: unknown;
  readonly retMsg: string;
  /** More keys beside `result`, or other values of the ordinary ones. */
  readonly beside: Readonly<Record<string, unknown>>;

  constructor(result: unknown, retMsg: string, beside: Readonly<Record<string, unknown>> = {}) {
    this.result = result;
    this.retMsg = retMsg;
    this.beside = beside;
  }
}

/** A result that is JSON already, because it was made for an earlier request, too. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export const route = (definition: Route): Route => definition;
