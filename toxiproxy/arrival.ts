/**
 * A client from when it is accepted until it has an upstream, or is gone without one: a toxic would not have it, the
 * upstream did not answer, the proxy was stopped. From then on it is `connection.ts`'s business.
 */

import { connect, type Socket } from "node:net";
import type { Random } from "../core/random.ts";
import { AddressError, parseAddress } from "./address.ts";
import type { CloseCause, ConnectionEnd } from "./closing.ts";
import type { EventListener } from "./events.ts";
import type { ToxicList } from "./toxic-list.ts";
import type { Toxic } from "./toxic.ts";

export interface ArrivalOptions {
  proxy: string;
  id: string;
  /** Counted from 1 for each proxy. */
  number: number;
  upstream: string;
  toxics: ToxicList;
  random: Random;
  onEvent: EventListener;
  /** The upstream has answered. */
  onJoined: (upstream: Socket) => void;
  /** The client is gone. */
  onClosed: (end: ConnectionEnd) => void;
}

export class Arrival {
  readonly #client: Socket;
  readonly #options: ArrivalOptions;
  #upstream: Socket | undefined;
  #cause: CloseCause | undefined;
  #toClient: Pick<ConnectionEnd, "toClient"> = {};

  constructor(client: Socket, options: ArrivalOptions) {
    this.#client = client;
    this.#options = options;
  }

  start(): void {
    const { proxy, id, number, toxics, random, onEvent } = this.#options;
    this.#client.on("error", () => (this.#cause ??= { by: "client", how: "rst" }));
    this.#client.on("close", this.#closed);
    const strikes = ({ name, toxicity }: Toxic): boolean =>
      toxicity >= 1 || (toxicity > 0 && random.fork(name).chance(toxicity));
    const { admission, toxic } = toxics.admission(number, strikes);
    if (toxic === undefined) {
      this.#dial();
      return;
    }
    onEvent({ type: "toxic-hit", proxy, toxic: toxic.name, connection: id, stream: toxic.stream, byteOffset: 0 });
    if (admission === "reset") this.#end({ by: "toxic", how: "rst", toxic: toxic.name }, "rst");
    else this.#hang();
  }

  /** The proxy is stopped. */
  stop(): void {
    this.#end({ by: "proxy", how: "fin" }, "fin");
    this.#upstream?.destroy();
  }

  /** What it says is read, so that its end is seen, and forgotten. */
  #hang(): void {
    this.#client.on("end", () => {
      this.#cause ??= { by: "client", how: "fin" };
      this.#client.destroy();
    });
    this.#client.resume();
  }

  #dial(): void {
    const { id, number, proxy, toxics, onEvent, onJoined } = this.#options;
    const failed = (error: NodeJS.ErrnoException): void => {
      onEvent({
        type: "upstream-dial-failed",
        ...{ proxy, connection: id, upstream: this.#options.upstream, error: error.message },
      });
      const wasReset = error.code === "ECONNRESET" || error.code === "ECONNREFUSED";
      // It answered and reset at once: the same to the client as a reset a moment later.
      const resets = error.code === "ECONNRESET" && toxics.relaysResets(number);
      this.#end({ by: "upstream", how: wasReset ? "rst" : "fin" }, resets ? "rst" : "fin");
    };
    let upstream: Socket;
    try {
      upstream = dial(this.#options.upstream);
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      failed(error);
      return;
    }
    this.#upstream = upstream;
    // Errors after it is joined or given up are reported by its close.
    upstream.on("error", () => undefined);
    upstream.once("error", failed);
    upstream.once("connect", () => {
      upstream.off("error", failed);
      if (this.#client.destroyed) {
        upstream.destroy();
        return;
      }
      this.#client.off("close", this.#closed);
      onJoined(upstream);
    });
  }

  #end(cause: CloseCause, toClient: "fin" | "rst"): void {
    if (this.#client.destroyed) return;
    this.#cause ??= cause;
    this.#toClient = { toClient };
    if (toClient === "rst") this.#client.resetAndDestroy();
    else this.#client.destroy();
  }

  #closed = (): void => {
    const cause = this.#cause ?? { by: "client", how: "fin" };
    this.#options.onClosed({ ...cause, ...this.#toClient, bytesUp: 0, bytesDown: 0 });
  };
}

function dial(address: string): Socket {
  const { host, port } = parseAddress(address);
  return connect({ host: host === "" ? "127.0.0.1" : host, port, allowHalfOpen: true, noDelay: true });
}
