/** The toxics of one proxy, in order for each stream, kept in step with its live connections and their time to live. */

import { wallClock, type Timer } from "../core/clock.ts";
import type { Connection } from "./connection.ts";
import type { EmbeddedEvent, EventListener } from "./events.ts";
import type { Admission, Stream, Toxic } from "./toxic.ts";

export interface ToxicListOptions {
  proxy: string;
  connections: ReadonlySet<Connection>;
  onEvent: EventListener;
  /** Called after a toxic has come, changed or gone. */
  onChange: () => void;
}

export class ToxicList {
  readonly #byStream: Record<Stream, Toxic[]> = { upstream: [], downstream: [] };
  readonly #expiries = new Map<Toxic, Timer>();
  readonly #options: ToxicListOptions;

  constructor(options: ToxicListOptions) {
    this.#options = options;
  }

  all(): Toxic[] {
    return [...this.#byStream.upstream, ...this.#byStream.downstream];
  }

  find(name: string): Toxic | undefined {
    return this.all().find((toxic) => toxic.name === name);
  }

  add(toxic: Toxic): void {
    const { name, stream, ttlMs } = toxic;
    if (toxic.liveOnly === true) toxic.lastConnection = this.#newest();
    this.#byStream[stream].push(toxic);
    if (ttlMs !== undefined) {
      const expire = (): void => {
        const { proxy, onEvent } = this.#options;
        onEvent({ type: "toxic-expired", proxy, toxic: name, ttlMs });
        this.remove(toxic);
      };
      this.#expiries.set(toxic, wallClock.after(ttlMs, expire));
    }
    this.#report("toxic-added", toxic);
    for (const connection of this.#targetsOf(toxic)) connection.links[stream].add(toxic);
    this.#options.onChange();
  }

  /** The toxic has new attributes or a new toxicity: runs it anew everywhere. */
  update(toxic: Toxic): void {
    this.#report("toxic-updated", toxic);
    for (const connection of this.#targetsOf(toxic)) connection.links[toxic.stream].update(toxic);
    this.#options.onChange();
  }

  remove(toxic: Toxic): void {
    this.#byStream[toxic.stream] = this.#byStream[toxic.stream].filter((other) => other !== toxic);
    this.#expiries.get(toxic)?.cancel();
    this.#expiries.delete(toxic);
    this.#report("toxic-removed", toxic);
    for (const connection of this.#targetsOf(toxic)) connection.links[toxic.stream].remove(toxic);
    this.#options.onChange();
  }

  clear(): void {
    for (const toxic of this.all()) this.remove(toxic);
  }

  /** The proxy is gone for good. */
  dispose(): void {
    for (const timer of this.#expiries.values()) timer.cancel();
    this.#expiries.clear();
  }

  /** Whether a toxic wants new clients refused. */
  get closesPort(): boolean {
    return this.all().some(({ definition, toxicity }) => definition.closesPort === true && toxicity > 0);
  }

  /** The toxics that are meant for a connection, by its number. */
  of(number: number): Record<Stream, Toxic[]> {
    const { upstream, downstream } = this.#byStream;
    return {
      upstream: upstream.filter((toxic) => targets(toxic, number)),
      downstream: downstream.filter((toxic) => targets(toxic, number)),
    };
  }

  /** Whether a connection that starts now would pass a reset by its upstream on to its client. */
  relaysResets(number: number): boolean {
    let relays = false;
    const relay = (): void => void (relays = true);
    for (const toxic of this.all()) {
      if (targets(toxic, number)) toxic.definition.onConnectionStart?.({ resetOnClose: relay, relayResets: relay });
    }
    return relays;
  }

  /** What the first toxic with an opinion wants done with a new client, and that toxic. */
  admission(number: number, strikes: (toxic: Toxic) => boolean): { admission: Admission; toxic?: Toxic } {
    for (const toxic of this.all()) {
      if (!targets(toxic, number)) continue;
      if (toxic.definition.admit === undefined || !strikes(toxic)) continue;
      const admission = toxic.definition.admit(toxic.attributes);
      if (admission !== "dial") return { admission, toxic };
    }
    return { admission: "dial" };
  }

  #newest(): number {
    return Math.max(0, ...[...this.#options.connections].map(({ number }) => number));
  }

  #targetsOf(toxic: Toxic): Connection[] {
    return [...this.#options.connections].filter(({ number }) => targets(toxic, number));
  }

  #report(type: Extract<EmbeddedEvent["type"], "toxic-added" | "toxic-updated" | "toxic-removed">, toxic: Toxic): void {
    const { name, type: toxicType, stream, toxicity, attributes } = toxic;
    const { proxy, onEvent } = this.#options;
    const facts = { proxy, toxic: name, toxicType, stream, toxicity, attributes: { ...attributes } };
    onEvent({ type, ...facts });
  }
}

const targets = (toxic: Toxic, number: number): boolean =>
  (toxic.connection === undefined || toxic.connection === number) && number <= (toxic.lastConnection ?? Infinity);
