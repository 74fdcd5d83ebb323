/** The toxics of one proxy, in order for each stream, kept in step with its live connections. */

import type { Connection } from "./connection.ts";
import type { EmbeddedEvent, EventListener } from "./events.ts";
import type { Admission, Stream, Toxic } from "./toxic.ts";

export class ToxicList {
  readonly byStream: Record<Stream, Toxic[]> = { upstream: [], downstream: [] };
  readonly #proxy: string;
  readonly #connections: ReadonlySet<Connection>;
  readonly #onEvent: EventListener;

  constructor(proxy: string, connections: ReadonlySet<Connection>, onEvent: EventListener) {
    this.#proxy = proxy;
    this.#connections = connections;
    this.#onEvent = onEvent;
  }

  all(): Toxic[] {
    return [...this.byStream.upstream, ...this.byStream.downstream];
  }

  find(name: string): Toxic | undefined {
    return this.all().find((toxic) => toxic.name === name);
  }

  add(toxic: Toxic): void {
    this.byStream[toxic.stream].push(toxic);
    this.#tell("toxic-added", toxic);
    for (const connection of this.#connections) connection.links[toxic.stream].add(toxic);
  }

  /** The toxic has new attributes or a new toxicity: runs it anew everywhere. */
  update(toxic: Toxic): void {
    this.#tell("toxic-updated", toxic);
    for (const connection of this.#connections) connection.links[toxic.stream].update(toxic);
  }

  remove(toxic: Toxic): void {
    this.byStream[toxic.stream] = this.byStream[toxic.stream].filter((other) => other !== toxic);
    this.#tell("toxic-removed", toxic);
    for (const connection of this.#connections) connection.links[toxic.stream].remove(toxic);
  }

  clear(): void {
    for (const toxic of this.all()) this.remove(toxic);
  }

  /** What the first toxic with an opinion wants done with a new client, and that toxic. */
  admission(strikes: (toxic: Toxic) => boolean): { admission: Admission; toxic?: Toxic } {
    for (const toxic of this.all()) {
      if (toxic.definition.admit === undefined || !strikes(toxic)) continue;
      const admission = toxic.definition.admit(toxic.attributes);
      if (admission !== "dial") return { admission, toxic };
    }
    return { admission: "dial" };
  }

  #tell(type: Extract<EmbeddedEvent["type"], `toxic-${string}ed`>, toxic: Toxic): void {
    const { name, type: toxicType, stream, toxicity, attributes } = toxic;
    const facts = { proxy: this.#proxy, toxic: name, toxicType, stream, toxicity, attributes: { ...attributes } };
    this.#onEvent({ type, ...facts });
  }
}
