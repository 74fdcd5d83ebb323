/**
 * Signed Bybit REST calls over one pool, with a deadline each. Timestamps follow the server's clock, measured at the
 * start and again after a 10002. A reply that is no envelope is an error, never data.
 */

import { createHmac } from "node:crypto";
import { Pool } from "undici";

export interface RestOptions {
  baseUrl: string;
  key: string;
  secret: string;
}

export interface Envelope {
  retCode: number;
  retMsg: string;
  result: Readonly<Record<string, unknown>>;
}

/** The server said no: nothing was done. */
export class Refused extends Error {
  readonly retCode: number;

  constructor({ retCode, retMsg }: Envelope) {
    super(`${retCode} ${retMsg}`);
    this.retCode = retCode;
  }
}

const recvWindow = "5000";
const timeoutMs = 10_000;
const clockSamples = 3;
/** Refused for its timestamp: not executed, so safe to sign anew and send again. */
export const outsideRecvWindow = 10002;

export class RestClient {
  readonly #options: RestOptions;
  readonly #pool: Pool;
  /** Server time minus ours, ms. */
  #offsetMs = 0;

  constructor(options: RestOptions) {
    this.#options = options;
    // Shorter than a server keeps an idle connection, so that we are the one to close it.
    this.#pool = new Pool(options.baseUrl, { connections: 10, keepAliveTimeout: 4_000, connect: { timeout: 5_000 } });
  }

  /** Of a few measurements the one with the shortest round trip is right: a slow one may be slow on one way only. */
  async syncClock(): Promise<void> {
    let shortestMs = Infinity;
    for (let sample = 0; sample < clockSamples; sample += 1) {
      const sentAt = Date.now();
      const { timeNano } = (await this.#call("GET", "/v5/market/time", "")).result;
      const roundTripMs = Date.now() - sentAt;
      if (roundTripMs >= shortestMs) continue;
      shortestMs = roundTripMs;
      this.#offsetMs = Number(timeNano) / 1e6 - (sentAt + roundTripMs / 2);
    }
  }

  /** @throws Refused for any retCode but 0; any other error leaves the outcome unknown. */
  get(path: string, query: Readonly<Record<string, string>>): Promise<Envelope> {
    return this.#signed("GET", path, new URLSearchParams(query).toString());
  }

  /** The `result.list` of a public endpoint. */
  async list<T>(path: string, query: Readonly<Record<string, string>>): Promise<readonly T[]> {
    const { result } = await this.#call("GET", path, new URLSearchParams(query).toString());
    if (!Array.isArray(result.list)) throw new Error(`GET ${path}: the reply has no list`);
    return result.list as readonly T[];
  }

  /** @throws As `get`; what a failed POST did is unknown unless it was refused. */
  post(path: string, body: Readonly<Record<string, unknown>>): Promise<Envelope> {
    return this.#signed("POST", path, JSON.stringify(body));
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #signed(method: "GET" | "POST", path: string, payload: string): Promise<Envelope> {
    try {
      return await this.#call(method, path, payload, this.#sign(payload));
    } catch (error) {
      if (!(error instanceof Refused) || error.retCode !== outsideRecvWindow) throw error;
      await this.syncClock();
      return this.#call(method, path, payload, this.#sign(payload));
    }
  }

  #sign(payload: string): Record<string, string> {
    const { key, secret } = this.#options;
    const timestamp = String(Math.floor(Date.now() + this.#offsetMs));
    const sign = createHmac("sha256", secret).update(`${timestamp}${key}${recvWindow}${payload}`).digest("hex");
    return {
      "X-BAPI-API-KEY": key,
      "X-BAPI-TIMESTAMP": timestamp,
      "X-BAPI-RECV-WINDOW": recvWindow,
      "X-BAPI-SIGN": sign,
    };
  }

  async #call(method: "GET" | "POST", path: string, payload: string, headers = {}): Promise<Envelope> {
    const { statusCode, body } = await this.#pool.request({
      method,
      path: method === "GET" && payload !== "" ? `${path}?${payload}` : path,
      headers: { ...headers, "content-type": "application/json" },
      body: method === "POST" ? payload : null,
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await body.text();
    const envelope = parseEnvelope(text);
    if (envelope === undefined)
      throw new Error(`${method} ${path}: HTTP ${statusCode}, not an envelope: ${text.slice(0, 80)}`);
    if (envelope.retCode !== 0) throw new Refused(envelope);
    return envelope;
  }
}

function parseEnvelope(text: string): Envelope | undefined {
  try {
    const json = JSON.parse(text) as Envelope;
    return Number.isInteger(json.retCode) ? json : undefined;
  } catch {
    return undefined;
  }
}
