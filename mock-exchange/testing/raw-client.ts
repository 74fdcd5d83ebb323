/** For tests of faults: a WebSocket client on a bare TCP socket, which sees bytes, frames, FIN and RST as they come. */

import { createHmac } from "node:crypto";
import { connect, type Socket } from "node:net";
import { key } from "./exchange.ts";

type Json = Record<string, unknown>;

export interface RawFrame {
  /** The first byte: FIN, RSV bits and opcode. */
  head: number;
  payload: Buffer;
  text: string;
  /** Undefined where it is no JSON text. */
  message: Json | undefined;
}

const text = 0x1;

export class RawClient {
  readonly socket: Socket;
  readonly frames: RawFrame[] = [];
  /** How the TCP connection ended for this client. */
  readonly ended: Promise<"fin" | "reset">;
  /** What came before the frames: the answer to the upgrade. */
  head = "";
  readonly #waiting = new Set<() => void>();
  /** What came and is no whole frame yet: joined when it is, because a large frame comes in hundreds of pieces. */
  #pieces: Buffer[] = [];
  /** So many bytes does the frame lack, as far as is known. */
  #lacking = 0;
  #taken = 0;

  constructor(url: string) {
    const { port, hostname, pathname } = new URL(url);
    this.socket = connect({ port: Number(port), host: hostname });
    this.socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n",
    );
    this.ended = new Promise((resolve) => {
      this.socket.once("end", () => resolve("fin"));
      this.socket.on("error", (error: NodeJS.ErrnoException) => error.code === "ECONNRESET" && resolve("reset"));
    });
    this.socket.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  /** Resolves as soon as it holds; asked again whenever something came. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async opened(): Promise<this> {
    await this.until(() => this.head.startsWith("HTTP/1.1 101"));
    return this;
  }

  send(message: object | string): void {
    this.sendFrame(text, Buffer.from(typeof message === "string" ? message : JSON.stringify(message)));
  }

  /** A mask of zeroes is a mask. */
  sendFrame(opcode: number, payload: Buffer): void {
    const size =
      payload.length < 126 ? [payload.length | 0x80] : [126 | 0x80, payload.length >> 8, payload.length & 255];
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...size, 0, 0, 0, 0]), payload]));
  }

  /** Subscribes, and waits for the answer. */
  async subscribe(...args: string[]): Promise<Json> {
    this.send({ op: "subscribe", args });
    return this.next((message) => message.op === "subscribe");
  }

  async login(expiresMs: number): Promise<Json> {
    const sign = createHmac("sha256", key.secret).update(`GET/realtime${expiresMs}`).digest("hex");
    this.send({ op: "auth", args: [key.key, expiresMs, sign] });
    return this.next((message) => message.op === "auth");
  }

  /** What came and is no whole frame yet. */
  get rest(): Buffer {
    const [first = Buffer.alloc(0)] = this.#pieces;
    const joined = this.#pieces.length > 1 ? Buffer.concat(this.#pieces) : first;
    this.#pieces = [joined];
    return joined;
  }

  /** All text messages so far; what is no JSON is left out. */
  get messages(): Json[] {
    return this.frames.map(({ message }) => message).filter((message) => message !== undefined);
  }

  of(topic: string): Json[] {
    return this.messages.filter((message) => message.topic === topic);
  }

  /** The first message that fits after the one that was returned before. */
  async next(fits: (message: Json) => boolean): Promise<Json> {
    const found = (): number => this.messages.findIndex((message, at) => at >= this.#taken && fits(message));
    await this.until(() => found() >= 0);
    const at = found();
    this.#taken = at + 1;
    return this.messages[at] ?? {};
  }

  /** So many messages of a topic, in all. */
  async count(topic: string, count: number): Promise<Json[]> {
    await this.until(() => this.of(topic).length >= count);
    return this.of(topic);
  }

  #read(chunk: Buffer): void {
    this.#pieces.push(chunk);
    this.#lacking -= chunk.length;
    if (!this.head.includes("\r\n\r\n")) {
      const { rest } = this;
      const at = rest.indexOf("\r\n\r\n");
      this.head = rest.toString("latin1", 0, at < 0 ? rest.length : at + 4);
      this.#pieces = [at < 0 ? rest : rest.subarray(at + 4)];
    }
    if (this.head.startsWith("HTTP/1.1 101")) while (this.#lacking <= 0 && this.#takeFrame());
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #takeFrame(): boolean {
    const { rest } = this;
    const [head = 0, size = 0] = rest;
    const from = (size & 0x7f) < 126 ? 2 : (size & 0x7f) === 126 ? 4 : 10;
    this.#lacking = from - rest.length;
    if (this.#lacking > 0) return false;
    const length = from === 2 ? size & 0x7f : from === 4 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
    this.#lacking += length;
    if (this.#lacking > 0) return false;
    const payload = rest.subarray(from, from + length);
    const said = payload.toString("utf8");
    this.frames.push({ head, payload, text: said, message: (head & 0xf) === text ? parsed(said) : undefined });
    this.#pieces = [rest.subarray(from + length)];
    return true;
  }
}

function parsed(json: string): Json | undefined {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return undefined;
  }
}
