/**
 * One proxy in front of one listener, driven through toxiproxy-node-client. That library drops the server's error text,
 * so what failed is said here. Durations become wall time here and nowhere else.
 */

import { Toxiproxy, type Proxy as ProxyClient } from "toxiproxy-node-client";
import type { Clock } from "../../core/clock.ts";
import { FiredrillError, messageOf } from "../../core/errors.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Engine } from "./engine.ts";

export type Direction = "upstream" | "downstream";

export interface ToxicSpec {
  name: string;
  type: string;
  stream: Direction;
  /** Attributes as Toxiproxy names them, with times in incident ms. */
  attributes: Readonly<Record<string, number>>;
}

/** Attributes of toxics that are times in ms on the wire, and so have to be compressed. */
const timeAttributes = new Set(["latency", "jitter", "timeout", "delay"]);

export class EndpointProxy {
  readonly port: number;
  readonly #proxy: ProxyClient;
  readonly #clock: Clock;
  readonly #release: () => void;

  constructor(proxy: ProxyClient, clock: Clock, release: () => void) {
    this.port = Number(proxy.listen.split(":").at(-1));
    this.#proxy = proxy;
    this.#clock = clock;
    this.#release = release;
  }

  /** Closes the port and every live connection: a dial is refused. */
  async disable(): Promise<void> {
    await this.#attempt("disable it", () => this.#update(false));
  }

  async enable(): Promise<void> {
    await this.#attempt("enable it", () => this.#update(true));
  }

  async addToxic(toxic: ToxicSpec): Promise<{ remove(): Promise<void> }> {
    const attributes = Object.fromEntries(
      Object.entries(toxic.attributes).map(([name, value]) => [
        name,
        timeAttributes.has(name) ? Math.round(this.#clock.toWallMs(value)) : value,
      ]),
    );
    const added = await this.#attempt(`add the toxic ${toxic.type}`, () =>
      this.#proxy.addToxic({
        name: toxic.name,
        type: toxic.type as "latency",
        stream: toxic.stream,
        toxicity: 1,
        attributes,
      }),
    );
    return { remove: () => this.#attempt(`remove the toxic ${toxic.type}`, () => added.remove()) };
  }

  async remove(): Promise<void> {
    await this.#attempt("remove it", () => this.#proxy.remove());
    this.#release();
  }

  async #update(enabled: boolean): Promise<void> {
    const { listen, upstream } = this.#proxy;
    await this.#proxy.update({ enabled, listen, upstream });
  }

  async #attempt<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      throw new FiredrillError(`The proxy ${this.#proxy.name} failed to ${what}: ${messageOf(error)}.`, {
        cause: error,
      });
    }
  }
}

/** @param name Unique on the engine; a Toxiproxy that is not ours may serve others too. */
export async function createProxy(
  engine: Engine,
  options: { name: string; upstreamPort: number; clock: Clock; reaper: Reaper },
): Promise<EndpointProxy> {
  const release = engine.external
    ? await options.reaper.guard({ kind: "http", url: `${engine.url}/proxies/${options.name}` })
    : (): void => undefined;
  try {
    const proxy = await new Toxiproxy(engine.url).createProxy({
      name: options.name,
      listen: "127.0.0.1:0",
      upstream: `127.0.0.1:${options.upstreamPort}`,
    });
    return new EndpointProxy(proxy, options.clock, release);
  } catch (error) {
    throw new FiredrillError(`Cannot create the proxy ${options.name} at ${engine.url}: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}
