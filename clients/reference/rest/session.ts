/**
 * The HTTP connections: one pool for the life of the program. It closes an idle connection before the server does, so
 * that no request is written into a closing one, and it is recycled now and then for a fresh DNS answer, without
 * touching what is under way. How many connections there are at a time is `connection-slots.ts`'s business.
 */

import { Pool } from "undici";
import { answeredWithin } from "./answer-deadline.ts";
import { ConnectionSlots } from "./connection-slots.ts";

export interface HttpRequest {
  method: "GET" | "POST";
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** From the moment it is sent; undefined waits for ever. */
  timeoutMs: number | undefined;
}

export interface HttpReply {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: string;
}

export interface Session {
  /** At most so many requests at once. */
  readonly limit: number;
  /** Calls `send` once there is a connection for it; what is urgent comes first. */
  turn<T>(urgent: boolean, send: () => Promise<T>): Promise<T>;
  /** Sends at once. Rejects where no whole reply came. */
  request(request: HttpRequest): Promise<HttpReply>;
  /** New connections from now on. */
  recycle(): Promise<void>;
  close(): Promise<void>;
}

/** The report asked for 100 connections in all and 30 per host; there is one host. */
const connectionsPerHost = 30;
const keepAliveMs = 30_000;
const connectMs = 10_000;
/** An edge that counts new connections counts them by the second. */
const dialPace = { patienceMs: 1_000, everyMs: 500, urgent: { patienceMs: 150, everyMs: 250 } };

export class PooledSession implements Session {
  readonly limit: number = connectionsPerHost;
  protected readonly slots: ConnectionSlots = new ConnectionSlots(this.limit, dialPace);
  protected pool: Pool;
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
    this.pool = this.open();
  }

  turn<T>(urgent: boolean, send: () => Promise<T>): Promise<T> {
    return this.slots.use(urgent, send);
  }

  request(request: HttpRequest): Promise<HttpReply> {
    return sendOn(this.pool, request);
  }

  async recycle(): Promise<void> {
    const old = this.pool;
    this.pool = this.open();
    this.slots.renew();
    await old.close();
  }

  close(): Promise<void> {
    this.slots.stop();
    return this.pool.destroy();
  }

  protected open(options: Pool.Options = {}): Pool {
    const pool = new Pool(this.#baseUrl, {
      connections: connectionsPerHost,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: keepAliveMs,
      // The deadline of an operation is the caller's.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectMs },
      ...options,
    });
    const lost = (): void => {
      // One that was recycled has no slot any more.
      if (pool === this.pool) this.slots.lost();
    };
    return pool.on("disconnect", lost).on("connectionError", lost);
  }
}

/** One request on some connection of the pool, within its time. */
export async function sendOn(pool: Pool, { timeoutMs, ...request }: HttpRequest): Promise<HttpReply> {
  const sender = timeoutMs === undefined ? pool : pool.compose(answeredWithin(timeoutMs));
  const reply = await sender.request(request);
  return { status: reply.statusCode, headers: reply.headers, body: await reply.body.text() };
}
