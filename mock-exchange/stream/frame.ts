/**
 * One text message as the bytes of its WebSocket frame. It is encoded once, however many subscribers it goes to: a
 * server's frames carry no mask, and without context takeover a compressed message does not depend on the connection
 * either. Not for fragments, binary data or what a client sends.
 */

import { constants, deflateRawSync } from "node:zlib";

/** Below this the deflated form saves nothing worth its time; such a message goes out plain, which the RFC allows. */
const deflateFromBytes = 1_024;
/** A flushed block ends with these four bytes, which RFC 7692 has the sender cut off. */
const flushTailBytes = 4;
const finalText = 0x81;
const compressedBit = 0x40;

export class Frame {
  readonly text: string;
  #plain: Buffer | undefined;
  #deflated: Buffer | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** @param deflate Whether the connection agreed to permessage-deflate. */
  bytes(deflate: boolean): Buffer {
    this.#plain ??= plain(this.text);
    if (!deflate || this.#plain.length < deflateFromBytes) return this.#plain;
    this.#deflated ??= deflated(this.text);
    return this.#deflated;
  }
}

/** Written straight behind its head: the text is copied once. */
function plain(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const frame = headed(finalText, length);
  frame.write(text, frame.length - length);
  return frame;
}

function deflated(text: string): Buffer {
  const bytes = deflateRawSync(text, { level: constants.Z_BEST_SPEED, finishFlush: constants.Z_SYNC_FLUSH });
  const length = bytes.length - flushTailBytes;
  const frame = headed(finalText | compressedBit, length);
  bytes.copy(frame, frame.length - length, 0, length);
  return frame;
}

/** A frame with its head filled in and room for the payload. */
function headed(first: number, length: number): Buffer {
  const headBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headBytes + length);
  frame[0] = first;
  if (headBytes === 2) frame[1] = length;
  else if (headBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  return frame;
}
