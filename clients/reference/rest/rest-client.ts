/**
 * Bybit's REST API as a client should call it. A call waits for its turn under the rate limits and for a free
 * connection, has a deadline by operation, is repeated where that is safe, and ends in an envelope or a typed error.
 * Each of these is a part of its own; this is how they fit together.
 */

import type { IPolicy } from "cockatiel";
import { messageOf } from "../message-of.ts";
import type { Ban } from "./ban.ts";
import { envelopeOf, type Envelope } from "./envelope.ts";
import { Banned, NoAnswer, outsideRecvWindow, Refused, Withdrawn } from "./errors.ts";
import type { PoolHealth } from "./pool-health.ts";
import type { RateLimits } from "./rate-limits.ts";
import type { Retry } from "./retry.ts";
import type { ServerClock } from "./server-clock.ts";
import type { HttpReply, Session } from "./session.ts";
import { signature } from "./signature.ts";
import type { Timeouts } from "./timeouts.ts";

export interface RestOptions {
  key: string;
  secret: string;
  session: Session;
  health: PoolHealth;
  timeouts: Timeouts;
  retry: Retry;
  limits: RateLimits;
  ban: Ban;
  clock: (askTime: () => Promise<number>) => ServerClock;
}

interface Call {
  method: "GET" | "POST";
  path: string;
  payload: string;
  signed: boolean;
  /** Asked each time right before it is sent: a call that has to wait, or to be signed again, may be old by then. */
  wanted?: (() => boolean) | undefined;
}

export class RestClient {
  readonly #options: RestOptions;
  readonly #clock: ServerClock;
  readonly #ban: IPolicy;
  #inUse = 0;
  /** A measurement of the exchange's clock under way: what is signed meanwhile would be signed wrong. */
  #syncing: Promise<void> | undefined;

  constructor(options: RestOptions) {
    this.#options = options;
    this.#clock = options.clock(() => this.#askTime());
    this.#ban = options.ban(() => this.#askTime());
  }

  /** Measures the exchange's clock. */
  syncClock(): Promise<void> {
    this.#syncing ??= this.#clock.sync().finally(() => (this.#syncing = undefined));
    return this.#syncing;
  }

  /** The exchange's date now, epoch ms, as far as it was measured. */
  exchangeNow(): number {
    return this.#clock.now();
  }

  /** A signed GET. @throws RestError */
  get(path: string, query: Readonly<Record<string, string>>): Promise<Envelope> {
    return this.call({ method: "GET", path, payload: new URLSearchParams(query).toString(), signed: true });
  }

  /** A public GET. @throws RestError */
  market(path: string, query: Readonly<Record<string, string>>): Promise<Envelope> {
    return this.call({ method: "GET", path, payload: new URLSearchParams(query).toString(), signed: false });
  }

  /** The `result.list` of a public endpoint. @throws RestError */
  async list<T>(path: string, query: Readonly<Record<string, string>>): Promise<readonly T[]> {
    const { result } = await this.market(path, query);
    if (!Array.isArray(result.list)) throw new Refused(0, `GET ${path}: the reply has no list`);
    return result.list as readonly T[];
  }

  /**
   * A signed POST; it is not sent where it is not wanted any more.
   * @throws RestError: unless it says `notDone`, it is unknown what was done.
   */
  post(path: string, body: Readonly<Record<string, unknown>>, wanted?: () => boolean): Promise<Envelope> {
    return this.call({ method: "POST", path, payload: JSON.stringify(body), signed: true, wanted });
  }

  /** New connections from now on; what is under way ends on the old ones. */
  recycle(): Promise<void> {
    return this.#options.session.recycle();
  }

  close(): Promise<void> {
    return this.#options.session.close();
  }

  protected async call(call: Call): Promise<Envelope> {
    const attempt = (): Promise<Envelope> => this.#options.retry(call.method).execute(() => this.#attempt(call));
    try {
      return await attempt();
    } catch (error) {
      // Refused for its timestamp, so it was not executed: once more, by the right clock.
      if (!(error instanceof Refused) || error.retCode !== outsideRecvWindow) throw error;
      await this.syncClock();
      return attempt();
    }
  }

  async #askTime(): Promise<number> {
    const { result } = await this.#attempt({ method: "GET", path: "/v5/market/time", payload: "", signed: false });
    return Number(result.timeNano) / 1e6;
  }

  async #attempt(call: Call): Promise<Envelope> {
    const { limits, health, session } = this.#options;
    if (call.signed) await this.#syncing?.catch(() => undefined);
    await limits.turn(call.path, call.signed);
    this.#inUse += 1;
    health.look(this.#inUse);
    // While this call waited for a connection, the reply to another may have closed the endpoint or shown the clock off.
    const mustWait = (): boolean => limits.closed(call.path) || (call.signed && this.#syncing !== undefined);
    const send = async (): Promise<Envelope | undefined> =>
      mustWait() ? undefined : await this.#ban.execute(() => this.#send(call));
    try {
      const envelope = await session.turn(call.signed, send);
      if (envelope !== undefined) return envelope;
    } catch (error) {
      if (error instanceof Error && "isBrokenCircuitError" in error) throw new Banned(`${call.method} ${call.path}`);
      throw error;
    } finally {
      this.#inUse -= 1;
    }
    return this.#attempt(call);
  }

  async #send({ method, path, payload, signed, wanted }: Call): Promise<Envelope> {
    const { session, timeouts, limits } = this.#options;
    const what = `${method} ${path}`;
    if (wanted?.() === false) throw new Withdrawn(what);
    let reply: HttpReply | undefined;
    try {
      reply = await session.request({
        method,
        path: method === "GET" && payload !== "" ? `${path}?${payload}` : path,
        headers: {
          ...(signed ? signature(this.#options, this.#clock.now(), payload) : {}),
          "content-type": "application/json",
        },
        body: method === "POST" ? payload : null,
        timeoutMs: timeouts(path),
      });
      const envelope = envelopeOf(what, reply);
      limits.learn(path, { headers: reply.headers });
      return envelope;
    } catch (error) {
      if (reply === undefined) throw new NoAnswer(what, messageOf(error));
      const refused = error instanceof Refused ? error : undefined;
      limits.learn(path, { headers: reply.headers, refused });
      throw error;
    }
  }
}
