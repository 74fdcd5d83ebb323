/** HTTP as bytes: writes requests that no HTTP library would send, and reads what comes back. */

import { connect } from "node:net";
import { stalled } from "./stalled.ts";

export interface HttpReply {
  status: number;
  head: string;
  body: string;
}

const emptyChunks = "0\r\n\r\n".length;

/** Reads replies that say their length, one after another. */
export class ReplyReader {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): HttpReply[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const replies: HttpReply[] = [];
    for (;;) {
      const headEnd = this.#rest.indexOf("\r\n\r\n");
      if (headEnd === -1) return replies;
      const head = this.#rest.toString("latin1", 0, headEnd);
      // Only Node's own refusals come in chunks, and they are empty.
      const chunked = /^transfer-encoding: *chunked/im.test(head);
      const length = chunked ? emptyChunks : Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
      const end = headEnd + 4 + length;
      if (this.#rest.length < end) return replies;
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0);
      replies.push({ status, head, body: this.#rest.toString("utf8", headEnd + 4, end) });
      this.#rest = this.#rest.subarray(end);
    }
  }

  /** What is no whole reply. */
  get rest(): string {
    return this.#rest.toString("latin1");
  }
}

/**
 * Sends the bytes on a connection of their own and leaves when `enough` replies are there; by itself the server may
 * close earlier. Resolves when the connection is gone, so that a reply too many is seen, too.
 */
export function talk(port: number, bytes: Buffer, enough: number): Promise<{ replies: HttpReply[]; rest: string }> {
  return new Promise((resolve) => {
    const reader = new ReplyReader();
    const replies: HttpReply[] = [];
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const leave = (): unknown => socket.end();
    const watch = stalled(() => socket.destroy());
    socket.on("data", (chunk) => {
      watch.progress();
      replies.push(...reader.push(chunk));
      if (replies.length >= enough) leave();
    });
    // A server that refuses half-read bytes resets the connection; what it sent before is what counts.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      watch.stop();
      resolve({ replies, rest: reader.rest });
    });
    socket.write(bytes);
    if (enough === 0) leave();
  });
}
