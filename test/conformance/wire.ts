/** Raw sockets on both sides of a proxy, which distinguish bytes, FIN and RST. */

import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { wallClock } from "../../core/clock.ts";
import { ok, type ProxyBody } from "./api.ts";
import type { Engine } from "./engines.ts";

export class Peer {
  readonly socket: Socket;
  readonly chunks: Buffer[] = [];
  /** How the other side ended its stream, once it has. */
  ending: "fin" | "rst" | undefined;
  #received = 0;
  #changed: () => void = () => undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      this.chunks.push(chunk);
      this.#received += chunk.length;
      this.#changed();
    });
    socket.on("end", () => this.#end("fin"));
    socket.on("error", () => this.#end("rst"));
  }

  get text(): string {
    return this.bytes.toString();
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  send(data: string | Buffer): void {
    this.socket.write(data);
  }

  /** Resolves with how long it took until at least that many bytes have come in all. */
  async receives(bytes: number): Promise<number> {
    return this.#until(() => this.#received >= bytes, `${bytes} bytes, has ${this.#received}`);
  }

  async ends(): Promise<"fin" | "rst"> {
    await this.#until(() => this.ending !== undefined, "the end");
    return this.ending ?? "fin";
  }

  #end(how: "fin" | "rst"): void {
    this.ending ??= how;
    this.#changed();
  }

  async #until(done: () => boolean, what: string): Promise<number> {
    const startMs = wallClock.elapsed();
    while (!done()) {
      if (this.ending !== undefined) throw new Error(`The stream ended (${this.ending}) while waiting for ${what}.`);
      await new Promise<void>((resolve) => (this.#changed = resolve));
    }
    return wallClock.elapsed() - startMs;
  }
}

export interface Upstream {
  port: number;
  /** The connections in the order in which they came. */
  next(): Promise<Peer>;
  close(): Promise<void>;
}

export async function startUpstream(): Promise<Upstream> {
  const waiting: Peer[] = [];
  const sockets = new Set<Socket>();
  let arrived: () => void = () => undefined;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    waiting.push(new Peer(socket));
    arrived();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async next() {
      for (;;) {
        const peer = waiting.shift();
        if (peer !== undefined) return peer;
        await new Promise<void>((resolve) => (arrived = resolve));
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

export interface Toxic {
  name?: string;
  type: string;
  stream?: "upstream" | "downstream";
  toxicity?: number;
  attributes?: Record<string, number>;
}

/** A proxy in front of an upstream of its own, with a way to open connections through it. */
export class Line {
  readonly engine: Engine;
  readonly upstream: Upstream;
  proxy: ProxyBody;
  readonly #clients: Socket[] = [];

  private constructor(engine: Engine, upstream: Upstream, proxy: ProxyBody) {
    this.engine = engine;
    this.upstream = upstream;
    this.proxy = proxy;
  }

  static async open(engine: Engine, toxics: Toxic[] = []): Promise<Line> {
    lines += 1;
    const name = `line-${lines}`;
    const upstream = await startUpstream();
    const body = { name, listen: "127.0.0.1:0", upstream: `127.0.0.1:${upstream.port}` };
    const line = new Line(engine, upstream, await ok<ProxyBody>(engine, "POST", "/proxies", body));
    for (const toxic of toxics) await line.add(toxic);
    return line;
  }

  get path(): string {
    return `/proxies/${this.proxy.name}`;
  }

  async dial(): Promise<Peer> {
    const socket = connect({ port: portOf(this.proxy.listen), host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    this.#clients.push(socket);
    const peer = new Peer(socket);
    await once(socket, "connect").catch((error: unknown) => {
      // A reset may overtake the connection's own success; the peer has noted it.
      if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
    });
    return peer;
  }

  /** A client and the upstream's end of the same connection. */
  async connect(): Promise<{ client: Peer; server: Peer }> {
    const client = await this.dial();
    return { client, server: await this.upstream.next() };
  }

  /** A connection, seen along a stream. */
  async along(stream: "upstream" | "downstream"): Promise<{ sender: Peer; receiver: Peer }> {
    const { client, server } = await this.connect();
    return stream === "upstream" ? { sender: client, receiver: server } : { sender: server, receiver: client };
  }

  add = (toxic: Toxic): Promise<unknown> => ok(this.engine, "POST", `${this.path}/toxics`, toxic);
  remove = (name: string): Promise<unknown> => ok(this.engine, "DELETE", `${this.path}/toxics/${name}`);
  update = (name: string, change: Partial<Toxic>): Promise<unknown> =>
    ok(this.engine, "PATCH", `${this.path}/toxics/${name}`, change);

  async change(change: Partial<ProxyBody>): Promise<void> {
    this.proxy = await ok<ProxyBody>(this.engine, "PATCH", this.path, change);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.upstream.close();
    await ok(this.engine, "DELETE", this.path);
  }
}

let lines = 0;

export const portOf = (listen: string): number => Number(listen.slice(listen.lastIndexOf(":") + 1));
