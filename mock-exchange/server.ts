/** The mock exchange: state, and the surfaces that serve it. */

import type { AddressInfo } from "node:net";
import type { Clock } from "../core/clock.ts";
import { FiredrillError, messageOf } from "../core/errors.ts";
import type { JournalSink } from "../core/journal/event.ts";
import { random, type Random } from "../core/random.ts";
import { Orders } from "./engine/orders.ts";
import { createMarket } from "./market/create-market.ts";
import { startPublicStream } from "./stream/public/public-stream.ts";
import type { ApiKey } from "./rest/authenticate.ts";
import { restServer } from "./rest/rest-server.ts";

export interface ExchangeOptions {
  clock: Clock;
  journal: JournalSink;
  symbols: readonly string[];
  keys: readonly ApiKey[];
  /** Fixes the markets. */
  random?: Random;
  /** 0 takes a free port. */
  port?: number;
  publicPort?: number;
}

export interface Exchange {
  readonly port: number;
  readonly restUrl: string;
  readonly publicPort: number;
  /** `ws://127.0.0.1:port`, to which `/v5/public/linear` and its like are added. */
  readonly publicUrl: string;
  close(): Promise<void>;
}

const defaultSeed = "firedrill";
const host = "127.0.0.1";

export async function startExchange(options: ExchangeOptions): Promise<Exchange> {
  const { clock, journal, keys, symbols } = options;
  const seeded = options.random ?? random(defaultSeed);
  const market = createMarket({ clock, random: seeded.fork("market"), symbols });
  const app = await restServer({ clock, journal, keys, state: { symbols, market, orders: new Orders(journal) } });
  try {
    await app.listen({ host, port: options.port ?? 0 });
  } catch (error) {
    throw new FiredrillError(
      `The mock exchange cannot listen on ${host}:${options.port ?? 0}: ${messageOf(error)}. Free the port or choose another with --port.`,
      { cause: error },
    );
  }
  const { port } = app.server.address() as AddressInfo;
  const publicStream = await startPublicStream({
    clock,
    journal,
    market,
    random: seeded.fork("public"),
    port: options.publicPort ?? 0,
  });
  return {
    port,
    restUrl: `http://${host}:${port}`,
    publicPort: publicStream.port,
    publicUrl: publicStream.url,
    async close() {
      market.close();
      await Promise.all([app.close(), publicStream.close()]);
    },
  };
}
