/** For tests over real sockets: an exchange on a plain market, a client that signs, and streams to wait on. */

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { WebSocket } from "ws";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { random } from "../../core/random.ts";
import { plainInstrument, plainMarket, type PlainMarket } from "../engine/plain-market.ts";
import type { ApiKey } from "../rest/authenticate.ts";
import { startExchange, type Exchange, type ExchangeOptions } from "../server.ts";

export const key: ApiKey = { key: "test-key", secret: "test-secret" };

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  retCode: number;
  retMsg: string;
  result: Record<string, unknown>;
  retExtInfo: Record<string, unknown>;
}

export interface Stage {
  readonly exchange: Exchange;
  readonly market: PlainMarket;
  readonly journal: Journal;
  get(path: string, query?: Record<string, string>, signer?: ApiKey): Promise<Answer>;
  post(path: string, body: Record<string, unknown>, signer?: ApiKey): Promise<Answer>;
  privateStream(): Promise<Stream>;
  tradeStream(): Promise<Stream>;
  close(): Promise<void>;
}

type Message = Record<string, unknown>;

export interface Stream {
  readonly socket: WebSocket;
  readonly received: Message[];
  send(message: Message | string): void;
  /** The first message, past or future, that fits and was not handed out before. */
  next(fits?: (message: Message) => boolean): Promise<Message>;
  login(signer?: ApiKey): Promise<Message>;
}

/** @param held Incident time stands still, for what is counted in a time. */
export async function openStage(options: Partial<ExchangeOptions> = {}, { held = false } = {}): Promise<Stage> {
  const clock = incidentClock({ start: "2026-01-01T00:30:00Z", compression: 1, held });
  const journal = new Journal(clock);
  const linear = ["BTCUSDT", "ETHUSDT", "SOLUSDT"].map((symbol) => plainInstrument("linear", symbol));
  const contracts = [...linear, plainInstrument("inverse", "BTCUSD"), plainInstrument("spot", "BTCUSDT")];
  const market = plainMarket(contracts, { nowMs: () => clock.now(), lastPrice: "1000" });
  const exchange = await startExchange({
    ...{ clock, journal, venue: market, enforcesMinimumValue: true, symbols: [], keys: [key], random: random("test") },
    ...options,
  });
  const sockets: WebSocket[] = [];

  const ask = async (method: string, path: string, payload: string, signer: ApiKey): Promise<Answer> => {
    const timestamp = String(Math.floor(clock.now()));
    const sign = createHmac("sha256", signer.secret).update(`${timestamp}${signer.key}5000${payload}`).digest("hex");
    const headers = { "X-BAPI-API-KEY": signer.key, "X-BAPI-TIMESTAMP": timestamp, "X-BAPI-RECV-WINDOW": "5000" };
    const url = `${exchange.restUrl}${path}${method === "GET" ? `?${payload}` : ""}`;
    const body = method === "POST" ? { body: payload } : {};
    return read(await fetch(url, { method, headers: { ...headers, "X-BAPI-SIGN": sign }, ...body }));
  };
  const dial = async (url: string): Promise<Stream> => {
    const stream = streamOf(new WebSocket(url), () => clock.now());
    sockets.push(stream.socket);
    await once(stream.socket, "open");
    return stream;
  };
  return {
    exchange,
    market,
    journal,
    get: (path, query = {}, signer = key) => ask("GET", path, new URLSearchParams(query).toString(), signer),
    post: (path, body, signer = key) => ask("POST", path, JSON.stringify(body), signer),
    privateStream: () => dial(exchange.privateUrl),
    tradeStream: () => dial(exchange.tradeUrl),
    async close() {
      for (const socket of sockets) socket.terminate();
      await exchange.close();
    },
  };
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = text.startsWith("{") ? (JSON.parse(text) as Answer) : ({} as Answer);
  const { retCode, retMsg, result, retExtInfo } = json;
  return { status: response.status, headers: response.headers, text, retCode, retMsg, result, retExtInfo };
}

function streamOf(socket: WebSocket, nowMs: () => number): Stream {
  const received: Message[] = [];
  const unread: Message[] = [];
  const waiting: { fits: (message: Message) => boolean; resolve: (message: Message) => void }[] = [];
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString("utf8")) as Message;
    received.push(message);
    const index = waiting.findIndex(({ fits }) => fits(message));
    if (index === -1) unread.push(message);
    else waiting.splice(index, 1)[0]?.resolve(message);
  });
  const send = (message: Message | string): void =>
    socket.send(typeof message === "string" ? message : JSON.stringify(message));
  const next: Stream["next"] = (fits = () => true) => {
    const index = unread.findIndex(fits);
    const known = index === -1 ? undefined : unread.splice(index, 1)[0];
    return known === undefined ? new Promise((resolve) => waiting.push({ fits, resolve })) : Promise.resolve(known);
  };
  return {
    socket,
    received,
    send,
    next,
    login(signer = key) {
      const expires = Math.floor(nowMs()) + 10_000;
      const sign = createHmac("sha256", signer.secret).update(`GET/realtime${expires}`).digest("hex");
      send({ op: "auth", args: [signer.key, expires, sign] });
      return next(({ op }) => op === "auth");
    },
  };
}

/** The list of an answer's result. */
export const listOf = (answer: Answer): Record<string, unknown>[] => answer.result.list as Record<string, unknown>[];
