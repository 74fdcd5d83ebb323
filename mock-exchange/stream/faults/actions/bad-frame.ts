/** Bytes that break the WebSocket protocol: a client has to fail the connection (RFC 6455, 5.2 and 7.4). */

import { z } from "zod";
import { streamAction } from "../action.ts";

const frames = {
  /** A reserved bit that no extension uses. */
  rsv: Buffer.from([0xa1, 0x02, 0x7b, 0x7d]),
  /** 1005 must not be on the wire. */
  "close-code": Buffer.from([0x88, 0x02, 0x03, 0xed]),
  opcode: Buffer.from([0x83, 0x00]),
  /** A server's frames are never masked. */
  masked: Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0x7b, 0x7d]),
};

export default streamAction({
  on: ["live", "request", "topic"],
  parameters: z.strictObject({ kind: z.enum(["rsv", "close-code", "opcode", "masked"]) }),
  connection({ kind }, socket) {
    socket.whenFlowing(() => socket.writeRaw(frames[kind]));
    return undefined;
  },
});
