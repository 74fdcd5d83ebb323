/**
 * What one run talks to: mocks on their own ports, a proxy in front of each, and the client contract's variables that
 * point there. It knows nothing of scenarios or checks.
 */

import { startExchange, type Exchange } from "../../mock-exchange/server.ts";
import { warmUp } from "../../mock-exchange/market/warm-up.ts";
import { warmUpRest } from "../../mock-exchange/rest/warm-up.ts";
import { startSignalServer, type SignalServer } from "../../mock-signal-server/server.ts";
import type { WaveOverride } from "../../mock-signal-server/signal.ts";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { random } from "../../core/random.ts";
import type { Contract } from "../client/environment.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Engine } from "../proxy/engine.ts";
import { journalEvents } from "../proxy/journal-events.ts";
import { createProxy, type EndpointProxy } from "../proxy/proxies.ts";
import { watchRefusedDials, type RefusedDials } from "../proxy/refused-dials.ts";
import { defaultSymbols } from "./default-symbols.ts";

export type Endpoint = "exchange-rest" | "exchange-public" | "exchange-private" | "exchange-trade" | "signal";

/** What a scenario may fix of its testbed. */
export interface TestbedSettings {
  symbols?: readonly string[];
  /** Signals in the initial batch. */
  bufferSize?: number;
  /** Waves with a fixed size, by ISO time. */
  waves?: Readonly<Record<string, WaveOverride>>;
  /**
   * Endpoints whose connections will be reset, by the network or by the mock: the proxies have to be told before the
   * client connects. Elsewhere a mock's reset reaches the client as a FIN.
   */
  armReset?: readonly Endpoint[];
  /** Every state of every book that is streamed goes to the journal as a checksum, a line each. */
  witnessBooks?: boolean;
}

export interface Testbed {
  readonly clock: Clock;
  /** What the proxies run on. */
  readonly engine: Engine;
  readonly signal: SignalServer;
  readonly exchange: Exchange;
  readonly proxies: Readonly<Record<Endpoint, EndpointProxy>>;
  readonly refusedDials: RefusedDials;
  readonly contract: Contract;
  close(): Promise<void>;
}

export interface TestbedOptions extends TestbedSettings {
  /** Unique among runs at the same time: it names the proxies. */
  id: string;
  clock: Clock;
  journal: JournalSink;
  seed: string;
  roles: readonly string[];
  engine: Engine;
  reaper: Reaper;
}

export { defaultSymbols };

export async function startTestbed(options: TestbedOptions): Promise<Testbed> {
  const { clock, journal, engine, reaper } = options;
  const seeded = random(options.seed);
  const symbols = options.symbols ?? defaultSymbols;
  const credentials = { key: "firedrill-key", secret: "firedrill-secret", token: "firedrill-token" };

  const signal = await startSignalServer({
    clock,
    journal,
    random: seeded.fork("signals"),
    symbols,
    token: credentials.token,
    ...(options.bufferSize === undefined ? {} : { bufferSize: options.bufferSize }),
    waves: options.waves ?? {},
  });
  const exchange = await startExchange({
    clock,
    journal,
    random: seeded.fork("exchange"),
    symbols,
    keys: [credentials],
    witnessBooks: options.witnessBooks ?? false,
  });
  // A client that only polls reads no more of the market than that.
  if (options.roles.includes("rest-polling")) warmUpRest(exchange.state);
  if (options.roles.some((role) => role !== "rest-polling")) warmUp(exchange.state);
  const prefix = `firedrill_${options.id}_`;
  const events = await journalEvents({ engine, prefix, clock, journal });
  const inFront = (endpoint: Endpoint, upstreamPort: number): Promise<EndpointProxy> =>
    createProxy(engine, { name: `${prefix}${endpoint}`, upstreamPort, clock, reaper });
  const proxies = {
    "exchange-rest": await inFront("exchange-rest", exchange.port),
    "exchange-public": await inFront("exchange-public", exchange.publicPort),
    "exchange-private": await inFront("exchange-private", exchange.privatePort),
    "exchange-trade": await inFront("exchange-trade", exchange.tradePort),
    signal: await inFront("signal", signal.port),
  };

  for (const endpoint of options.armReset ?? []) await proxies[endpoint].armReset();
  const ports = new Map(Object.entries(proxies).map(([endpoint, { port }]) => [port, endpoint]));
  const refusedDials = await watchRefusedDials({ ports, journal, reaper });

  return {
    clock,
    engine,
    signal,
    exchange,
    proxies,
    refusedDials,
    contract: {
      FIREDRILL_EXCHANGE_REST_URL: `http://127.0.0.1:${proxies["exchange-rest"].port}`,
      FIREDRILL_EXCHANGE_PUBLIC_WS_URL: `ws://127.0.0.1:${proxies["exchange-public"].port}/v5/public/linear`,
      FIREDRILL_EXCHANGE_PRIVATE_WS_URL: `ws://127.0.0.1:${proxies["exchange-private"].port}/v5/private`,
      FIREDRILL_EXCHANGE_TRADE_WS_URL: `ws://127.0.0.1:${proxies["exchange-trade"].port}/v5/trade`,
      FIREDRILL_SIGNAL_WS_URL: `ws://127.0.0.1:${proxies.signal.port}`,
      FIREDRILL_SIGNAL_TOKEN: credentials.token,
      FIREDRILL_API_KEY: credentials.key,
      FIREDRILL_API_SECRET: credentials.secret,
      FIREDRILL_SYMBOLS: symbols.join(","),
      FIREDRILL_ROLES: options.roles.join(","),
    },
    async close() {
      await Promise.all(Object.values(proxies).map((proxy) => proxy.remove())).finally(() => events.close());
      await Promise.all([signal.close(), exchange.close(), refusedDials.close()]);
    },
  };
}
