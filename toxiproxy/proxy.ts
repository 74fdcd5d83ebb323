/**
 * One proxy: a listening port, an upstream, its toxics and its live connections. Disabling it closes the port and every
 * connection at once. A client is accepted before its upstream is dialled, so a dead upstream looks to the client like a
 * connection that closes, never like a refused one.
 */

import type { Socket } from "node:net";
import { messageOf } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import { formatAddress, resolveAddress } from "./address.ts";
import { Arrival } from "./arrival.ts";
import { Connection } from "./connection.ts";
import type { EventListener } from "./events.ts";
import { Door } from "./door.ts";
import { ToxicList } from "./toxic-list.ts";

export interface ProxySettings {
  listen: string;
  upstream: string;
  enabled: boolean;
}

export class Proxy {
  readonly name: string;
  readonly toxics: ToxicList;
  listen: string;
  upstream: string;

  readonly #random: Random;
  readonly #onEvent: EventListener;
  readonly #connections = new Set<Connection>();
  /** Clients without an upstream: still dialling, or held by a toxic. */
  readonly #arrivals = new Set<Arrival>();
  #door: Door | undefined;
  #settled: Promise<void> = Promise.resolve();
  #accepted = 0;

  constructor(name: string, settings: Omit<ProxySettings, "enabled">, random: Random, onEvent: EventListener) {
    this.name = name;
    this.listen = settings.listen;
    this.upstream = settings.upstream;
    this.#random = random;
    this.#onEvent = onEvent;
    const onChange = (): void => this.#moveDoor();
    this.toxics = new ToxicList({ proxy: name, connections: this.#connections, onEvent, onChange });
  }

  get enabled(): boolean {
    return this.#door !== undefined;
  }

  async start(): Promise<void> {
    if (this.enabled) return;
    this.#door = await Door.open(this.listen, (client) => this.#accept(client));
    this.listen = this.#door.address;
    if (this.toxics.closesPort) await this.#door.shut(true);
    this.#onEvent({ type: "proxy-enabled", proxy: this.name, listen: this.listen, upstream: this.upstream });
  }

  /** Takes effect at once; what it returns resolves when the last socket is gone. */
  async stop(): Promise<void> {
    if (this.#door === undefined) return;
    const closed = this.#door.close();
    this.#door = undefined;
    this.#onEvent({ type: "proxy-disabled", proxy: this.name, listen: this.listen, upstream: this.upstream });
    for (const arrival of this.#arrivals) arrival.stop();
    for (const connection of this.#connections) connection.cut();
    await closed;
  }

  /** Whether another listen address or upstream means a restart. */
  async differs(other: Omit<ProxySettings, "enabled">): Promise<boolean> {
    const listen = formatAddress(await resolveAddress(other.listen));
    return listen !== this.listen || other.upstream !== this.upstream;
  }

  async update(settings: ProxySettings): Promise<void> {
    if (await this.differs(settings)) {
      void this.stop();
      this.listen = settings.listen;
      this.upstream = settings.upstream;
    }
    if (settings.enabled) await this.start();
    else void this.stop();
  }

  /** Resolves when a change of toxics has taken effect; opening and closing the port takes a moment. */
  settled(): Promise<void> {
    return this.#settled;
  }

  #moveDoor(): void {
    const { listen, name: proxy, toxics } = this;
    this.#settled = (this.#door?.shut(toxics.closesPort) ?? Promise.resolve()).catch((error: unknown) =>
      this.#onEvent({ type: "port-lost", proxy, listen, error: messageOf(error) }),
    );
  }

  #accept(client: Socket): void {
    this.#accepted += 1;
    const number = this.#accepted;
    const { name: proxy, upstream, toxics } = this;
    const id = `${proxy}/${number}`;
    const random = this.#random.fork(String(number));
    const onEvent = this.#onEvent;
    const { remotePort: clientPort = 0, localPort: listenPort = 0 } = client;
    onEvent({ type: "connection-accepted", proxy, connection: id, clientPort, listenPort });
    const arrival = new Arrival(client, {
      ...{ proxy, id, number, upstream, toxics, random, onEvent },
      onJoined: (joined) => {
        this.#arrivals.delete(arrival);
        this.#join(client, joined, { id, number, random });
      },
      onClosed: (end) => {
        this.#arrivals.delete(arrival);
        onEvent({ type: "connection-closed", proxy, connection: id, ...end });
      },
    });
    this.#arrivals.add(arrival);
    arrival.start();
  }

  #join(client: Socket, upstream: Socket, known: { id: string; number: number; random: Random }): void {
    const { localPort = 0, remotePort: upstreamPort = 0 } = upstream;
    const { name: proxy } = this;
    const onEvent = this.#onEvent;
    onEvent({ type: "upstream-connected", proxy, connection: known.id, localPort, upstreamPort });
    const connection = new Connection({
      ...{ proxy, client, upstream, onEvent },
      ...known,
      onClosed: (end) => {
        this.#connections.delete(connection);
        onEvent({ type: "connection-closed", proxy, connection: known.id, ...end });
      },
    });
    this.#connections.add(connection);
    connection.start(this.toxics.of(known.number));
  }
}
