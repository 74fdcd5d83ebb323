/**
 * What one run talks to: mocks on their own ports, a proxy in front of each, and the client contract's variables that
 * point there. It knows nothing of scenarios or checks.
 */

import { sameCityMs } from "../../mock-exchange/stream/distance.ts";
import { startExchange, type Exchange } from "../../mock-exchange/server.ts";
import { warmUp } from "../../mock-exchange/market/warm-up.ts";
import { warmUpRest } from "../../mock-exchange/rest/warm-up.ts";
import { startSignalServer, type SignalServer } from "../../mock-signal-server/server.ts";
import { startWebhookServer, type WebhookServer } from "../../mock-webhook/server.ts";
import type { Clock } from "../../core/clock.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { random } from "../../core/random.ts";
import type { Contract } from "../client/environment.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Engine } from "../proxy/engine.ts";
import { journalEvents } from "../proxy/journal-events.ts";
import { endpointNames, endpoints, type Endpoint } from "../incident/endpoints.ts";
import type { TestbedSettings } from "../incident/testbed-settings.ts";
import { createProxy, type EndpointProxy } from "../proxy/proxies.ts";
import { journalTampering } from "../proxy/tampering.ts";
import { watchRefusedDials, type RefusedDials } from "../proxy/refused-dials.ts";
import { defaultSymbols } from "./default-symbols.ts";

export type { Endpoint };

declare module "../incident/fault.ts" {
  interface FaultContext {
    testbed: Testbed;
  }
}

export interface Testbed {
  readonly clock: Clock;
  /** What the proxies run on. */
  readonly engine: Engine;
  readonly signal: SignalServer;
  readonly exchange: Exchange;
  readonly webhook: WebhookServer;
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
    marketStepMs: options.marketStepMs,
    pacedBooks: options.pacedBooks,
    latencyMs: sameCityMs,
  });
  const webhook = await startWebhookServer({ clock, journal });
  // A client that only polls reads no more of the market than that.
  if (options.roles.includes("rest-polling")) warmUpRest(exchange.state);
  if (options.roles.some((role) => role !== "rest-polling")) warmUp(exchange.state.market);
  const prefix = `firedrill_${options.id}_`;
  const events = await journalEvents({ engine, prefix, clock, journal });
  const inFront = (endpoint: Endpoint, upstreamPort: number): Promise<EndpointProxy> =>
    createProxy(engine, {
      name: `${prefix}${endpoint}`,
      ...{ upstreamPort, clock, reaper },
      tampered: journalTampering(journal, endpoint),
    });
  const listening: Readonly<Record<Endpoint, number>> = {
    "exchange-rest": exchange.port,
    "exchange-public": exchange.publicPort,
    "exchange-private": exchange.privatePort,
    "exchange-trade": exchange.tradePort,
    signal: signal.port,
    webhook: webhook.port,
  };
  const proxied = [];
  for (const name of endpointNames) proxied.push([name, await inFront(name, listening[name])] as const);
  const proxies = Object.fromEntries(proxied) as Record<Endpoint, EndpointProxy>;

  for (const endpoint of options.armReset ?? []) await proxies[endpoint].armReset();
  const ports = new Map(Object.entries(proxies).map(([endpoint, { port }]) => [port, endpoint]));
  const refusedDials = await watchRefusedDials({ ports, journal, reaper });

  return {
    clock,
    engine,
    signal,
    exchange,
    webhook,
    proxies,
    refusedDials,
    contract: {
      ...Object.fromEntries(endpointNames.map((name) => [endpoints[name].variable, urlOf(name, proxies[name].port)])),
      FIREDRILL_SIGNAL_TOKEN: credentials.token,
      FIREDRILL_API_KEY: credentials.key,
      FIREDRILL_API_SECRET: credentials.secret,
      FIREDRILL_SYMBOLS: symbols.join(","),
      FIREDRILL_ROLES: options.roles.join(","),
    },
    async close() {
      await Promise.all(Object.values(proxies).map((proxy) => proxy.remove())).finally(() => events.close());
      await Promise.all([signal.close(), exchange.close(), webhook.close(), refusedDials.close()]);
    },
  };
}

function urlOf(name: Endpoint, port: number): string {
  const { scheme, path } = endpoints[name];
  return `${scheme}://127.0.0.1:${port}${path}`;
}
