/**
 * A client and its upstream, joined by a link in each direction. Toxiproxy knows no half-close: the end of one source
 * closes the socket at the other end of its link as a whole, which ends the link back. A reset from either side
 * therefore arrives at the other as a FIN, unless the connection was armed to reset on close or to relay resets.
 */

import type { Socket } from "node:net";
import type { Random } from "../core/random.ts";
import type { CloseCause, ClosedHow, ConnectionEnd } from "./closing.ts";
import type { EventListener } from "./events.ts";
import { Link, type LinkHost } from "./link.ts";
import type { ConnectionHooks, Stream, Toxic } from "./toxic.ts";

export interface ConnectionOptions {
  proxy: string;
  id: string;
  /** Counted from 1 for each proxy. */
  number: number;
  client: Socket;
  upstream: Socket;
  random: Random;
  onEvent: EventListener;
  onClosed: (end: ConnectionEnd) => void;
}

export class Connection implements ConnectionHooks {
  readonly links: Readonly<Record<Stream, Link>>;
  readonly #options: ConnectionOptions;
  #resets = false;
  #relaysResets = false;
  #openSockets = 2;
  #cause: CloseCause | undefined;
  #toClient: ClosedHow | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { client, upstream } = options;
    this.links = {
      upstream: new Link(client, upstream, this.#host("upstream", upstream)),
      downstream: new Link(upstream, client, this.#host("downstream", client)),
    };
  }

  start(toxics: Readonly<Record<Stream, readonly Toxic[]>>): void {
    const { client, upstream } = this.#options;
    for (const { definition } of [...toxics.upstream, ...toxics.downstream]) definition.onConnectionStart?.(this);
    this.#watch("client", client, this.links.upstream, this.links.downstream);
    this.#watch("upstream", upstream, this.links.downstream, this.links.upstream);
    this.links.upstream.start(toxics.upstream);
    this.links.downstream.start(toxics.downstream);
  }

  resetOnClose(): void {
    this.#resets = true;
  }

  relayResets(): void {
    this.#relaysResets = true;
  }

  /** Closes both sockets at once and drops what is under way. */
  cut(how: ClosedHow = this.#closesWith): void {
    this.#cause ??= { by: "proxy", how };
    this.links.upstream.dispose();
    this.links.downstream.dispose();
    for (const socket of [this.#options.client, this.#options.upstream]) {
      this.#note(socket, how);
      if (how === "rst") socket.resetAndDestroy();
      else socket.destroy();
    }
  }

  #watch(side: "client" | "upstream", socket: Socket, outbound: Link, inbound: Link): void {
    socket.on("end", () => {
      this.#cause ??= { by: side, how: "fin" };
      outbound.end();
    });
    socket.on("error", ({ code }: NodeJS.ErrnoException) => {
      this.#cause ??= { by: side, how: "rst" };
      if (side === "upstream" && code === "ECONNRESET" && this.#relaysResets) this.#resets = true;
    });
    socket.on("close", () => {
      inbound.dispose();
      outbound.end();
      this.#openSockets -= 1;
      if (this.#openSockets === 0) this.#closed();
    });
  }

  #host(stream: Stream, destination: Socket): LinkHost {
    const { proxy, id, random, onEvent } = this.#options;
    return {
      random: (name) => random.fork(stream).fork(name),
      hit: (toxic, byteOffset) =>
        onEvent({ type: "toxic-hit", proxy, toxic: toxic.name, connection: id, stream, byteOffset }),
      cut: ({ name }, how) => {
        this.#cause ??= { by: "toxic", how, toxic: name };
        this.cut(how);
      },
      closes: ({ name }) => {
        this.#cause ??= { by: "toxic", how: this.#closesWith, toxic: name };
      },
      finish: () => this.#finish(destination),
    };
  }

  #finish(socket: Socket): void {
    this.#cause ??= { by: "proxy", how: this.#closesWith };
    if (socket.destroyed) return;
    this.#note(socket, this.#closesWith);
    if (!this.#resets) {
      socket.destroySoon();
      return;
    }
    // What was written before must be with the kernel, as a reset takes back whatever is not.
    socket.write("", () => socket.resetAndDestroy());
  }

  get number(): number {
    return this.#options.number;
  }

  get #closesWith(): ClosedHow {
    return this.#resets ? "rst" : "fin";
  }

  #note(socket: Socket, how: ClosedHow): void {
    if (socket === this.#options.client && !socket.destroyed) this.#toClient ??= how;
  }

  #closed(): void {
    this.#options.onClosed({
      ...(this.#cause ?? { by: "proxy", how: "fin" }),
      ...(this.#toClient === undefined ? {} : { toClient: this.#toClient }),
      bytesUp: this.links.upstream.writtenBytes,
      bytesDown: this.links.downstream.writtenBytes,
    });
  }
}
