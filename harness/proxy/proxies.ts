/**
 * One proxy in front of one listener, driven through toxiproxy-node-client. That library drops the server's error text,
 * so what failed is reported here.
 */

import { Toxiproxy, type Proxy as ProxyClient } from "toxiproxy-node-client";
import { wallClock, type Clock } from "../../core/clock.ts";
import { FiredrillError, messageOf } from "../../core/errors.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Engine } from "./engine.ts";
import { installInTurn, installTogether, type Installed } from "./install.ts";
import { tamperedWith, type Ordered } from "./tampering.ts";
import { toxicBody, type ToxicBody, type ToxicSpec } from "./toxic-spec.ts";

/** Strikes nobody, but who connects while it is there is closed with a reset. */
const armedToxiproxy = { type: "reset_peer", toxicity: 0 } as const;

interface ProxyOptions {
  engine: Engine;
  clock: Clock;
  /** Informs the reaper that the proxy is gone. */
  release: () => void;
  /** Somebody else has changed it. */
  tampered: (what: string) => void;
}

export class EndpointProxy {
  readonly port: number;
  readonly #proxy: ProxyClient;
  readonly #options: ProxyOptions;
  #armed = false;

  constructor(proxy: ProxyClient, options: ProxyOptions) {
    this.port = Number(proxy.listen.split(":").at(-1));
    this.#proxy = proxy;
    this.#options = options;
  }

  /** Closes the port and every live connection: a dial is refused. */
  async disable(): Promise<void> {
    await this.#attempt("disable it", () => this.#update(false));
  }

  async enable(): Promise<void> {
    await this.#lookForTampering({ enabled: false, toxics: [] });
    await this.#attempt("enable it", () => this.#update(true));
  }

  async addToxic(toxic: ToxicSpec): Promise<Installed> {
    return this.addToxics([toxic]);
  }

  /** Several at one moment on the embedded engine, one after the other on a Toxiproxy; all of them or none. */
  async addToxics(toxics: readonly ToxicSpec[]): Promise<Installed> {
    const { clock, engine } = this.#options;
    const bodies = toxics.map((toxic) => toxicBody(toxic, clock, engine.extended));
    const what = `add the toxic ${bodies.map(({ type }) => type).join(" and ")}`;
    const installed = await this.#attempt(what, () =>
      engine.extended ? installTogether(engine.url, this.#proxy.name, bodies) : installInTurn(this.#proxy, bodies),
    );
    return this.#watched(installed, bodies);
  }

  /** Looks whether they are still there before it takes them off. */
  #watched(installed: Installed, bodies: readonly ToxicBody[]): Installed {
    if (this.#options.engine.guarded === true) return installed;
    const untilMs = wallClock.elapsed() + Math.min(...bodies.map(({ ttl_ms: ttlMs }) => ttlMs ?? Infinity));
    return {
      remove: async () => {
        if (wallClock.elapsed() < untilMs) await this.#lookForTampering({ enabled: true, toxics: bodies });
        await installed.remove();
      },
    };
  }

  async #lookForTampering(ordered: Ordered): Promise<void> {
    const { engine, tampered } = this.#options;
    if (engine.guarded === true) return;
    const what = await this.#attempt("say how it is", () =>
      tamperedWith(`${engine.url}/proxies/${this.#proxy.name}`, ordered),
    );
    if (what !== undefined) tampered(what);
  }

  /**
   * Makes sure that clients which connect from now on can be sent a TCP reset, and are where the mock resets them.
   * On a Toxiproxy every close is a reset then, so arm it only where a scenario is about resets.
   */
  async armReset(): Promise<void> {
    this.#armed = true;
    const toxic = this.#options.engine.extended ? ({ type: "relay_reset" } as const) : armedToxiproxy;
    await this.addToxic({ name: "armed", stream: "downstream", attributes: {}, ...toxic });
  }

  /** How live connections can be ended: see `armReset`. */
  ends(how: "rst" | "fin"): boolean {
    return this.#options.engine.extended || this.#armed === (how === "rst");
  }

  /**
   * Ends live connections at once, idle ones too. On a Toxiproxy that is all of them, and for a moment nobody can
   * connect. @param name Of the cut, as the engine's events name it.
   */
  async endConnections(how: "rst" | "fin", name: string, connection: number | "live" = "live"): Promise<void> {
    if (this.#options.engine.extended) {
      const attributes = { reset: how === "rst" ? 1 : 0 };
      await (await this.addToxic({ name, type: "cut", stream: "downstream", attributes, connection })).remove();
    } else {
      await this.disable();
      await this.enable();
    }
  }

  /**
   * Ends live connections (FIN) and refuses dials until `up`. The embedded engine keeps the port meanwhile; a Toxiproxy
   * frees it. @param name Of what does it, as the engine's events name it: the cut is `<name>-cut`.
   */
  async down(name: string, ttlMs: number): Promise<{ up: () => Promise<void> }> {
    if (!this.#options.engine.extended) {
      await this.disable();
      return { up: () => this.enable() };
    }
    const base = { stream: "downstream", ttlMs } as const;
    const installed = await this.addToxics([
      { ...base, name: `${name}-cut`, type: "cut", attributes: { reset: 0 } },
      { ...base, name: `${name}-refuse`, type: "refuse", attributes: {} },
    ]);
    return { up: () => installed.remove() };
  }

  async remove(): Promise<void> {
    await this.#attempt("remove it", () => this.#proxy.remove());
    this.#options.release();
  }

  async #update(enabled: boolean): Promise<void> {
    const { listen, upstream } = this.#proxy;
    await this.#proxy.update({ enabled, listen, upstream });
  }

  async #attempt<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof FiredrillError) throw error;
      throw new FiredrillError(`The proxy ${this.#proxy.name} failed to ${what}: ${messageOf(error)}.`, {
        cause: error,
      });
    }
  }
}

/** @param name Unique on the engine; a Toxiproxy that is not ours may serve others too. */
export async function createProxy(
  engine: Engine,
  options: {
    name: string;
    upstreamPort: number;
    clock: Clock;
    reaper: Reaper;
    /** Hears of it when somebody else has changed the proxy. */
    tampered?: (what: string) => void;
  },
): Promise<EndpointProxy> {
  const release = engine.external
    ? await options.reaper.guard({ kind: "http", url: `${engine.url}/proxies/${options.name}` })
    : (): void => undefined;
  const { tampered = () => undefined } = options;
  try {
    const proxy = await new Toxiproxy(engine.url).createProxy({
      name: options.name,
      listen: "127.0.0.1:0",
      upstream: `127.0.0.1:${options.upstreamPort}`,
    });
    return new EndpointProxy(proxy, { engine, clock: options.clock, release, tampered });
  } catch (error) {
    throw new FiredrillError(`Cannot create the proxy ${options.name} at ${engine.url}: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}
