/** The mock exchange: market, engine, and the surfaces that serve them. */

import type { AddressInfo, Socket } from "node:net";
import { Big } from "big.js";
import type { Clock } from "../core/clock.ts";
import type { JournalSink } from "../core/journal/event.ts";
import { random as seeded, type Random } from "../core/random.ts";
import { cannotListen } from "../mock-kit/cannot-listen.ts";
import { createEngine } from "./engine/engine.ts";
import { steadyFundingRate } from "./engine/funding.ts";
import { ConnectionLimit } from "./limits/connection-limit.ts";
import type { Adopt, Surface } from "./front-door.ts";
import { IpLimit } from "./limits/ip-limit.ts";
import { UserLimits } from "./limits/user-limits.ts";
import { createMarket } from "./market/create-market.ts";
import type { Market } from "./market/market.ts";
import { startPublicStream } from "./stream/public/public-stream.ts";
import type { ApiKey } from "./rest/authenticate.ts";
import { RestFaults } from "./rest/faults/rest-faults.ts";
import { restServer } from "./rest/rest-server.ts";
import type { ExchangeState } from "./state.ts";
import type { StreamFaults } from "./stream/faults/stream-faults.ts";
import { startPrivateStream } from "./stream/private/private-stream.ts";
import { startTradeStream } from "./stream/trade/trade-stream.ts";

export interface ExchangeOptions {
  clock: Clock;
  journal: JournalSink;
  symbols: readonly string[];
  keys: readonly ApiKey[];
  /** Fixes the markets and the ids. */
  random?: Random;
  /** What the engine trades on instead of the simulated markets: for tests that need to say where a price goes. */
  venue?: Market | undefined;
  /** Coins that the account starts with. */
  balances?: Readonly<Record<string, string>>;
  /** False: no rate limits, for measuring the server itself. Default true. */
  limited?: boolean;
  /** Whether contracts have Bybit's smallest order value (5 USDT). Default true. */
  enforcesMinimumValue?: boolean;
  /** Incident ms that a stream's answer takes to the client. Default 0. */
  latencyMs?: number;
  /** Whether every state of every book that is streamed is journaled as a checksum. Default false. */
  witnessBooks?: boolean;
  /** Incident ms of one step of the market, a whole part of a minute. Default 100, and 10 where books are paced. */
  marketStepMs?: number | undefined;
  /** Whether books are pushed at Bybit's intervals: every 10 ms one level, 20 ms 50, 100 ms 200, 200 ms 1000. Default false. */
  pacedBooks?: boolean | undefined;
  /** 0 takes a free port. */
  port?: number;
  privatePort?: number;
  tradePort?: number;
  publicPort?: number;
}

export interface Exchange {
  readonly port: number;
  readonly restUrl: string;
  readonly privatePort: number;
  /** With its path, `…/v5/private`. */
  readonly privateUrl: string;
  readonly tradePort: number;
  /** With its path, `…/v5/trade`. */
  readonly tradeUrl: string;
  readonly state: ExchangeState;
  /** What is made to go wrong, as rules. */
  readonly faults: { readonly rest: RestFaults } & Readonly<Record<"public" | "private" | "trade", StreamFaults>>;
  readonly publicPort: number;
  /** `ws://127.0.0.1:port`, to which `/v5/public/linear` and its like are added. */
  readonly publicUrl: string;
  /** For a front door: what takes over a connection of each kind. */
  readonly adopt: Readonly<Record<Surface, Adopt>>;
  close(): Promise<void>;
}

/** The markets of whoever does not care which. */
const defaultSeed = "firedrill";
const host = "127.0.0.1";

export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const { clock, journal, keys, symbols, balances } = options;
  const random = options.random ?? seeded(defaultSeed);
  const market = createMarket({
    clock,
    random: random.fork("market"),
    symbols,
    stepMs: options.marketStepMs,
    pacedBooks: options.pacedBooks,
  });
  const engine = createEngine({
    ...{ market: options.venue ?? market, clock, journal, random: random.fork("engine") },
    ...(balances === undefined ? {} : { balances }),
    enforcesMinimumValue: options.enforcesMinimumValue ?? true,
    catchUp: () => market.catchUp(),
    fundingRateOf: (category, symbol, hourMs) => {
      const rate = market.listing(category, symbol)?.funding?.rate(hourMs);
      return rate === undefined ? steadyFundingRate() : new Big(rate);
    },
  });
  const limits = options.limited === false ? undefined : { user: new UserLimits(), ip: new IpLimit() };
  const state: ExchangeState = { clock, symbols, market, engine, ...(limits === undefined ? {} : { limits }) };
  const listeners: { close(): Promise<unknown> }[] = [];
  const restFaults = new RestFaults({ clock, journal, random: random.fork("rest-faults"), account: engine.account });
  const close = async (): Promise<void> => {
    restFaults.clear();
    engine.close();
    market.close();
    await Promise.all(listeners.map((listener) => listener.close()));
  };
  const opened = <T extends { close(): Promise<unknown> }>(listener: T): T => {
    listeners.push(listener);
    return listener;
  };

  try {
    const app = opened(restServer({ journal, keys, state, faults: restFaults }));
    const port = await listen(app, options.port ?? 0);
    const account = { clock, journal, keys, engine };
    const connections = new ConnectionLimit();
    const { latencyMs } = options;
    const admitted =
      limits === undefined
        ? {}
        : {
            admits: (path: string, socket: Socket): boolean => connections.admits(path, socket, clock.now()),
          };
    const privateStream = opened(
      await startPrivateStream({
        ...{ ...account, random: random.fork("private"), port: options.privatePort ?? 0, ...admitted, latencyMs },
      }),
    );
    const tradeStream = opened(
      await startTradeStream({
        ...{
          ...account,
          random: random.fork("trade"),
          port: options.tradePort ?? 0,
          limits: limits?.user,
          ...admitted,
          latencyMs,
        },
      }),
    );
    const publicStream = opened(
      await startPublicStream({
        ...{
          clock,
          journal,
          market,
          random: random.fork("public"),
          port: options.publicPort ?? 0,
          ...admitted,
          latencyMs,
          witnessBooks: options.witnessBooks,
        },
      }),
    );
    return {
      port,
      restUrl: `http://${host}:${port}`,
      privatePort: privateStream.port,
      privateUrl: `${privateStream.url}/v5/private`,
      tradePort: tradeStream.port,
      tradeUrl: `${tradeStream.url}/v5/trade`,
      publicPort: publicStream.port,
      publicUrl: publicStream.url,
      adopt: {
        rest: (socket) => void app.server.emit("connection", socket),
        ...{ public: publicStream.adopt, private: privateStream.adopt, trade: tradeStream.adopt },
      },
      state,
      faults: {
        rest: restFaults,
        public: publicStream.faults,
        private: privateStream.faults,
        trade: tradeStream.faults,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(app: ReturnType<typeof restServer>, port: number): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw cannotListen("mock exchange", `${host}:${port}`, error);
  }
  return (app.server.address() as AddressInfo).port;
}
