/** Frames that RFC 6455 forbids: the connection is failed with the code that the RFC has for it. */

import type { Random } from "../../../core/random.ts";
import { kind, type FrameCase } from "../support/case.ts";
import { junkText } from "../support/junk.ts";
import { paths } from "../support/streams.ts";
import { frame } from "../support/ws-wire.ts";

const protocolError = [1002];
const notUtf8 = [1007];
const tooBig = [1009];

const closeWith = (code: number, reason: string | Buffer = ""): Buffer => {
  const payload = Buffer.concat([Buffer.alloc(2), Buffer.from(reason)]);
  payload.writeUInt16BE(code);
  return frame(payload, { opcode: 8 });
};
const badUtf8 = (random: Random): Buffer =>
  Buffer.from(
    random.pick([[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0x80], [0xe2, 0x82], [0xf8, 0x88, 0x80, 0x80, 0x80]]),
  );

const makers: readonly ((random: Random) => Omit<FrameCase, "path">)[] = [
  (random) => ({
    bytes: frame(junkText(random), { opcode: random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }),
    want: protocolError,
  }),
  (random) => ({ bytes: frame(junkText(random), { rsv: random.integer(1, 7) }), want: protocolError }),
  (random) => ({ bytes: frame(junkText(random), { masked: false }), want: protocolError }),
  (random) => ({ bytes: frame(junkText(random), { opcode: 0 }), want: protocolError }),
  (random) => ({
    bytes: frame("x".repeat(random.integer(126, 900)), { opcode: random.pick([8, 9, 10]) }),
    want: protocolError,
  }),
  (random) => ({ bytes: frame("x", { opcode: random.pick([8, 9, 10]), fin: false }), want: protocolError }),
  (random) => ({
    bytes: Buffer.concat([frame("{", { fin: false }), frame(junkText(random), { opcode: random.pick([1, 2]) })]),
    want: protocolError,
  }),
  (random) => ({
    bytes: closeWith(random.pick([0, 999, 1004, 1005, 1006, 1015, 2999, 5000, 65_535])),
    want: protocolError,
  }),
  () => ({ bytes: frame("x", { opcode: 8 }), want: protocolError }),
  (random) => ({ bytes: closeWith(1000, badUtf8(random)), want: notUtf8 }),
  (random) => ({
    bytes: frame(Buffer.concat([Buffer.from('{"op":"'), badUtf8(random), Buffer.from('"}')])),
    want: notUtf8,
  }),
  (random) => ({
    bytes: Buffer.concat([
      frame(Buffer.concat([Buffer.from("{"), badUtf8(random)]), { fin: false }),
      frame("}", { opcode: 0 }),
    ]),
    want: notUtf8,
  }),
  (random) => ({
    bytes: frame("", {
      length: BigInt(random.pick([2 ** 20 + 1, 2 ** 31, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER])),
    }),
    want: tooBig,
  }),
  (random) => ({
    bytes: frame("", { length: random.pick([2n ** 53n, 2n ** 63n - 1n, 2n ** 64n - 1n]) }),
    want: tooBig,
  }),
  (random) => ({ bytes: closeWith(random.pick([3000, 4000, 4999])), want: [3000, 4000, 4999] }),
  // Promises more than it sends, and goes: nobody is left to be answered.
  (random) => ({ bytes: frame(junkText(random), { length: 9_000n }), want: [1005, 1006], leaves: true }),
  (random) => ({ bytes: frame(junkText(random), { fin: false }), want: [1005, 1006], leaves: true }),
];

export default kind({
  surface: "frames",
  cases: 6_000,
  make: (random) => ({ path: random.pick(paths), ...random.pick(makers)(random) }),
});
