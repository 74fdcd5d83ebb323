/** WebSocket as bytes: writes frames that no library would send, and reads those that come back. */

import { connect } from "node:net";
import { stalled } from "./stalled.ts";

export interface FrameOptions {
  opcode?: number;
  fin?: boolean;
  /** The three reserved bits. */
  rsv?: number;
  masked?: boolean;
  /** What the head says, whatever follows. */
  length?: bigint;
}

const mask = Buffer.from([0x5a, 0x11, 0xc3, 0x7e]);

export function frame(payload: string | Buffer, options: FrameOptions = {}): Buffer {
  const { opcode = 1, fin = true, rsv = 0, masked = true } = options;
  const data = Buffer.from(payload);
  const length = options.length ?? BigInt(data.length);
  const head = Buffer.alloc(length < 126n ? 2 : length < 65_536n ? 4 : 10);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  const bit = masked ? 0x80 : 0;
  if (head.length === 2) head[1] = bit | Number(length);
  else if (head.length === 4) {
    head[1] = bit | 126;
    head.writeUInt16BE(Number(length), 2);
  } else {
    head[1] = bit | 127;
    head.writeBigUInt64BE(length, 2);
  }
  if (!masked) return Buffer.concat([head, data]);
  for (let i = 0; i < data.length; i += 1) data[i] = (data[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return Buffer.concat([head, mask, data]);
}

export const upgradeRequest = (path: string, more: readonly string[] = []): Buffer =>
  Buffer.from(
    [
      `GET ${path} HTTP/1.1`,
      "Host: exchange",
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      ...more,
      "\r\n",
    ].join("\r\n"),
    "latin1",
  );

export interface Seen {
  /** Text messages in order. */
  texts: string[];
  /** Of the server's close frame; 1006 where there was none. */
  code: number;
  status: number;
}

/**
 * Upgrades and sends the frames in one write. Leaves when `enough` says so, and resolves when the connection is gone.
 */
export function converse(
  port: number,
  bytes: Buffer,
  enough: (text: string) => boolean,
  leaves = false,
): Promise<Seen> {
  return new Promise((resolve) => {
    const seen: Seen = { texts: [], code: 1006, status: 0 };
    let rest: Buffer = Buffer.alloc(0);
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const watch = stalled(() => socket.destroy());
    const read = (): void => {
      if (seen.status === 0) {
        const end = rest.indexOf("\r\n\r\n");
        if (end === -1) return;
        seen.status = Number(rest.toString("latin1", 9, 12));
        rest = rest.subarray(end + 4);
      }
      for (let parsed = firstFrame(rest); parsed !== undefined; parsed = firstFrame(rest)) {
        rest = rest.subarray(parsed.size);
        if (parsed.opcode === 1) {
          const text = parsed.payload.toString("utf8");
          seen.texts.push(text);
          if (enough(text)) socket.end();
        } else if (parsed.opcode === 8) {
          seen.code = parsed.payload.length < 2 ? 1005 : parsed.payload.readUInt16BE(0);
          socket.end();
        }
      }
    };
    socket.on("data", (chunk) => {
      watch.progress();
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      read();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      watch.stop();
      resolve(seen);
    });
    socket.write(bytes);
    if (leaves) socket.end();
  });
}

function firstFrame(bytes: Buffer): { opcode: number; payload: Buffer; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  const headBytes = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < headBytes) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < headBytes + length) return undefined;
  return {
    opcode: (bytes[0] ?? 0) & 0x0f,
    payload: bytes.subarray(headBytes, headBytes + length),
    size: headBytes + length,
  };
}
