/** For tests of what is on the wire to the byte: clients that keep everything the server sent and interpret none of it. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** The body of the reply, as sent. Its head holds the wall's date and is left out. */
export async function rawRequest(
  url: string,
  method: string,
  headers: Record<string, string>,
  body = "",
): Promise<Buffer> {
  const { hostname, port, pathname, search } = new URL(url);
  const socket = connect(Number(port), hostname);
  const received: Buffer[] = [];
  socket.on("data", (bytes: Buffer) => received.push(bytes));
  const fields = { Host: hostname, Connection: "close", ...headers };
  const length = body === "" ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  socket.write(head(`${method} ${pathname}${search} HTTP/1.1`, { ...fields, ...length }) + body);
  await once(socket, "close");
  const reply = Buffer.concat(received);
  return reply.subarray(reply.indexOf("\r\n\r\n") + 4);
}

export class RawStream {
  readonly #socket: Socket;
  readonly #received: Buffer[] = [];
  #wake = (): void => undefined;

  /** @param deflate Whether it agrees to compressed messages. */
  static async open(url: string, deflate = false): Promise<RawStream> {
    const { hostname, port, pathname } = new URL(url);
    const socket = connect(Number(port), hostname);
    const stream = new RawStream(socket);
    const upgrade = {
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    };
    const extension = deflate ? { "Sec-WebSocket-Extensions": "permessage-deflate" } : {};
    const fields = { Host: hostname, Connection: "Upgrade", ...upgrade, ...extension };
    socket.write(head(`GET ${pathname} HTTP/1.1`, fields));
    await stream.until("\r\n\r\n");
    return stream;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes: Buffer) => {
      this.#received.push(bytes);
      this.#wake();
    });
    socket.on("close", () => this.#wake());
  }

  /** Everything since the connection was made, the handshake included. */
  get bytes(): Buffer {
    return Buffer.concat(this.#received);
  }

  send(message: object): void {
    const payload = Buffer.from(JSON.stringify(message));
    // A client's frame has to be masked; with a mask of zeros it is what it was.
    const start = payload.length < 126 ? Buffer.from([0x81, 0x80 | payload.length]) : Buffer.from([0x81, 0xfe, 0, 0]);
    if (start.length === 4) start.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([start, Buffer.alloc(4), payload]));
  }

  /** Resolves when this text has been received. Messages below a kilobyte are never compressed. */
  async until(text: string): Promise<void> {
    while (!this.bytes.includes(text)) {
      if (this.#socket.destroyed) throw new Error(`The server closed before it sent ${text}.`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.#socket.destroy();
  }
}

const head = (first: string, fields: Record<string, string>): string =>
  `${[first, ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)].join("\r\n")}\r\n\r\n`;
