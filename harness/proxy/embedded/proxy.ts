/**
 * One proxy: a listening port, an upstream, its toxics and its live connections. Disabling it closes the port and every
 * connection at once. A client is accepted before its upstream is dialled, so a dead upstream looks to the client like a
 * connection that closes, never like a refused one.
 */

import { connect, type Socket } from "node:net";
import type { Random } from "../../../core/random.ts";
import { AddressError, formatAddress, parseAddress, resolveAddress } from "./address.ts";
import { Connection } from "./connection.ts";
import type { EventListener } from "./events.ts";
import { openListener, type Listener } from "./listener.ts";
import type { Toxic } from "./toxic.ts";
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
  /** Sockets that are not part of a connection: still dialling, or held by a toxic. */
  readonly #loose = new Set<Socket>();
  #listener: Listener | undefined;
  #accepted = 0;

  constructor(name: string, settings: Omit<ProxySettings, "enabled">, random: Random, onEvent: EventListener) {
    this.name = name;
    this.listen = settings.listen;
    this.upstream = settings.upstream;
    this.#random = random;
    this.#onEvent = onEvent;
    this.toxics = new ToxicList(name, this.#connections, onEvent);
  }

  get enabled(): boolean {
    return this.#listener !== undefined;
  }

  async start(): Promise<void> {
    if (this.enabled) return;
    this.#listener = await openListener(this.listen, (client) => this.#accept(client));
    this.listen = this.#listener.address;
    this.#onEvent({ type: "proxy-enabled", proxy: this.name, listen: this.listen, upstream: this.upstream });
  }

  /** Takes effect at once; what it returns resolves when the last socket is gone. */
  async stop(): Promise<void> {
    if (this.#listener === undefined) return;
    const closed = this.#listener.close();
    this.#listener = undefined;
    this.#onEvent({ type: "proxy-disabled", proxy: this.name, listen: this.listen, upstream: this.upstream });
    for (const socket of this.#loose) socket.destroy();
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

  #accept(client: Socket): void {
    this.#accepted += 1;
    const id = `${this.name}/${this.#accepted}`;
    const random = this.#random.fork(String(this.#accepted));
    const { remotePort: clientPort = 0, localPort: listenPort = 0 } = client;
    this.#onEvent({ type: "connection-accepted", proxy: this.name, connection: id, clientPort, listenPort });
    this.#hold(client);

    const { admission, toxic } = this.toxics.admission(({ name, toxicity }) => strikes(toxicity, random.fork(name)));
    if (toxic !== undefined) {
      const { name, stream } = toxic;
      this.#onEvent({ type: "toxic-hit", proxy: this.name, toxic: name, connection: id, stream, byteOffset: 0 });
    }
    if (admission === "dial") this.#dial(client, id, random);
    else if (admission === "reset") client.resetAndDestroy();
    else {
      // It is never read, so its end is not seen either: it stays until the proxy stops or the client resets it.
      client.on("end", () => client.destroy());
    }
  }

  #dial(client: Socket, id: string, random: Random): void {
    const failed = (error: Error): void => {
      const { name: proxy, upstream } = this;
      this.#onEvent({ type: "upstream-dial-failed", proxy, connection: id, upstream, error: error.message });
      // It answered and reset at once: the same to the client as a reset a moment later.
      const isReset = "code" in error && error.code === "ECONNRESET" && this.#resetsOnClose();
      if (isReset) client.resetAndDestroy();
      else client.destroy();
    };
    let upstream: Socket;
    try {
      upstream = dial(this.upstream);
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      failed(error);
      return;
    }
    this.#hold(upstream);
    upstream.once("error", failed);
    upstream.once("connect", () => {
      upstream.off("error", failed);
      this.#loose.delete(client);
      this.#loose.delete(upstream);
      if (client.destroyed) upstream.destroy();
      else this.#join(client, upstream, id, random);
    });
  }

  #join(client: Socket, upstream: Socket, id: string, random: Random): void {
    const { localPort = 0, remotePort: upstreamPort = 0 } = upstream;
    this.#onEvent({ type: "upstream-connected", proxy: this.name, connection: id, localPort, upstreamPort });
    const connection = new Connection({
      proxy: this.name,
      id,
      client,
      upstream,
      random,
      onEvent: this.#onEvent,
      onClosed: () => this.#connections.delete(connection),
    });
    this.#connections.add(connection);
    connection.start(this.toxics.byStream);
  }

  /** Whether a connection that starts now is armed to close with a reset. */
  #resetsOnClose(): boolean {
    let resets = false;
    for (const { definition } of this.toxics.all())
      definition.onConnectionStart?.({ resetOnClose: () => (resets = true) });
    return resets;
  }

  #hold(socket: Socket): void {
    this.#loose.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => this.#loose.delete(socket));
  }
}

function dial(address: string): Socket {
  const { host, port } = parseAddress(address);
  return connect({ host: host === "" ? "127.0.0.1" : host, port, allowHalfOpen: true, noDelay: true });
}

const strikes = (toxicity: Toxic["toxicity"], random: Random): boolean =>
  toxicity >= 1 || (toxicity > 0 && random.chance(toxicity));
