/** The mock exchange: market, engine, and the surfaces that serve them. */

import type { AddressInfo } from "node:net";
import type { Clock } from "../core/clock.ts";
import { FiredrillError, messageOf } from "../core/errors.ts";
import type { JournalSink } from "../core/journal/event.ts";
import { random as seeded, type Random } from "../core/random.ts";
import { createEngine } from "./engine/engine.ts";
import { plainInstrument, plainMarket } from "./engine/plain-market.ts";
import { IpLimit } from "./limits/ip-limit.ts";
import { UserLimits } from "./limits/user-limits.ts";
import type { Market } from "./market/market.ts";
import type { ApiKey } from "./rest/authenticate.ts";
import type { RestGate } from "./rest/gate.ts";
import { restServer } from "./rest/rest-server.ts";
import type { ExchangeState } from "./state.ts";
import type { Gate } from "./stream/gate.ts";
import { startPrivateStream } from "./stream/private/private-stream.ts";
import { startTradeStream } from "./stream/trade/trade-stream.ts";

export interface ExchangeOptions {
  clock: Clock;
  journal: JournalSink;
  symbols: readonly string[];
  keys: readonly ApiKey[];
  /** For ids; the same seed gives the same ones. */
  random?: Random;
  /** What is traded on. */
  market?: Market;
  /** Coins that the account starts with. */
  balances?: Readonly<Record<string, string>>;
  /** False: no rate limits, for measuring the server itself. Default true. */
  limited?: boolean;
  /** Where protocol faults act. */
  gates?: { rest?: RestGate; private?: Gate; trade?: Gate };
  /** 0 takes a free port. */
  port?: number;
  privatePort?: number;
  tradePort?: number;
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
  close(): Promise<void>;
}

const host = "127.0.0.1";

export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const { clock, journal, keys, symbols, gates = {} } = options;
  const random = (options.random ?? seeded("exchange")).fork("exchange");
  const market = options.market ?? standInMarket(symbols, clock);
  const { balances } = options;
  const engine = createEngine({
    ...{ market, clock, journal, random: random.fork("engine") },
    ...(balances === undefined ? {} : { balances }),
  });
  const limits = options.limited === false ? undefined : { user: new UserLimits(), ip: new IpLimit() };
  const state: ExchangeState = { clock, symbols, market, engine, ...(limits === undefined ? {} : { limits }) };

  const app = await restServer({ journal, keys, state, ...(gates.rest === undefined ? {} : { gate: gates.rest }) });
  try {
    await app.listen({ host, port: options.port ?? 0 });
  } catch (error) {
    engine.close();
    throw new FiredrillError(
      `The mock exchange cannot listen on ${host}:${options.port ?? 0}: ${messageOf(error)}. Free the port or choose another with --port.`,
      { cause: error },
    );
  }
  const stream = { clock, journal, keys, engine };
  const privateStream = await startPrivateStream({
    ...{ ...stream, random: random.fork("private"), port: options.privatePort ?? 0 },
    ...(gates.private === undefined ? {} : { gate: gates.private }),
  });
  const tradeStream = await startTradeStream({
    ...{ ...stream, random: random.fork("trade"), port: options.tradePort ?? 0, limits: limits?.user },
    ...(gates.trade === undefined ? {} : { gate: gates.trade }),
  });
  const { port } = app.server.address() as AddressInfo;
  return {
    port,
    restUrl: `http://${host}:${port}`,
    privatePort: privateStream.port,
    privateUrl: `${privateStream.url}/v5/private`,
    tradePort: tradeStream.port,
    tradeUrl: `${tradeStream.url}/v5/trade`,
    state,
    async close() {
      engine.close();
      await Promise.all([app.close(), privateStream.close(), tradeStream.close()]);
    },
  };
}

/** Until there is a simulated market: the asked symbols as perpetuals with deep, still books. */
const standInMarket = (symbols: readonly string[], clock: Clock): Market =>
  plainMarket(
    symbols.map((symbol) => plainInstrument("linear", symbol)),
    { nowMs: () => clock.now(), lastPrice: "100" },
  );
