/**
 * All proxies of an engine by name. Changes are made one after the other, as opening a port takes time and two clients
 * may ask for the same name.
 */

import type { Random } from "../core/random.ts";
import { missingField, proxyAlreadyExists, proxyNotFound } from "./api/errors.ts";
import type { EventListener } from "./events.ts";
import { Proxy, type ProxySettings } from "./proxy.ts";

export interface ProxyInput extends ProxySettings {
  name: string;
}

export class Proxies {
  readonly #proxies = new Map<string, Proxy>();
  readonly #random: Random;
  readonly #onEvent: EventListener;

  constructor(random: Random, onEvent: EventListener) {
    this.#random = random;
    this.#onEvent = onEvent;
  }

  /** Sorted by name, as Toxiproxy lists them. */
  all(): Proxy[] {
    return [...this.#proxies.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): Proxy {
    const proxy = this.#proxies.get(name);
    if (proxy === undefined) throw proxyNotFound();
    return proxy;
  }

  async add(input: ProxyInput): Promise<Proxy> {
    if (input.name === "") throw missingField("name");
    if (input.upstream === "") throw missingField("upstream");
    if (this.#proxies.has(input.name)) throw proxyAlreadyExists();
    return this.#install(input);
  }

  /** Adds a list, as far as it goes: what was created before an error stays, and is handed to `created`. */
  async populate(inputs: readonly ProxyInput[], created: (proxy: Proxy) => void): Promise<void> {
    for (const [i, { name, upstream }] of inputs.entries()) {
      if (name === "") throw missingField(`name at proxy ${i + 1}`);
      if (upstream === "") throw missingField(`upstream at proxy ${i + 1}`);
    }
    for (const input of inputs) {
      const existing = this.#proxies.get(input.name);
      if (existing === undefined) created(await this.#install(input));
      else if (await existing.differs(input)) {
        void existing.stop();
        existing.toxics.dispose();
        created(await this.#install(input));
      } else created(existing);
    }
  }

  remove(name: string): void {
    const proxy = this.get(name);
    void proxy.stop();
    proxy.toxics.dispose();
    this.#proxies.delete(name);
  }

  /** Enables every proxy and removes every toxic. */
  async reset(): Promise<void> {
    for (const proxy of this.all()) {
      await proxy.start();
      proxy.toxics.clear();
      await proxy.settled();
    }
  }

  async close(): Promise<void> {
    await Promise.all(
      this.all().map((proxy) => {
        proxy.toxics.dispose();
        return proxy.stop();
      }),
    );
  }

  async #install(input: ProxyInput): Promise<Proxy> {
    const proxy = new Proxy(input.name, input, this.#random.fork(input.name), this.#onEvent);
    if (input.enabled) await proxy.start();
    this.#proxies.set(input.name, proxy);
    return proxy;
  }
}
