/** Text on any stream that is no JSON object, or one that asks for nothing anybody does. */

import type { Random } from "../../../core/random.ts";
import { kind, type StreamCase } from "../support/case.ts";
import { brokenJson, inherited, jsonButObject, junkText } from "../support/junk.ts";
import { paths, refusal } from "../support/streams.ts";
import { frame } from "../support/ws-wire.ts";

const undecoded = /^Failed to decode incoming data:readObjectStart: expect \{ or n, but found ./su;

export default kind({
  surface: "stream",
  cases: 12_000,
  make(random, nth): StreamCase {
    const path = paths[Math.floor(nth / 50) % paths.length] ?? "";
    if (random.chance(0.5)) {
      const text = random.chance(0.5) ? brokenJson(random) : jsonButObject(random);
      return { path, bytes: frame(text), want: refusal(path, { op: "", text: undecoded }) };
    }
    const id = random.chance(0.5) ? junkText(random).slice(0, 30) : undefined;
    const op = opOf(random);
    const idName = path === "/v5/trade" ? "reqId" : "req_id";
    const text = JSON.stringify({ [idName]: id, op, args: argsOf(random) });
    return { path, bytes: frame(text), want: unknownOp(path, typeof op === "string" ? op : "", id) };
  },
});

const opOf = (random: Random): unknown =>
  random.pick<unknown>([
    junkText(random),
    random.pick(inherited),
    "Subscribe",
    "ping ",
    "order.",
    "",
    1,
    null,
    true,
    {},
    ["ping"],
    "\u0000",
  ]);

const argsOf = (random: Random): unknown =>
  random.pick<unknown>([
    null,
    {},
    "BTCUSDT",
    1e300,
    [],
    [junkText(random)],
    [null],
    [[]],
    Array.from({ length: 50 }, () => random.integer(0, 9)),
  ]);

function unknownOp(path: string, op: string, id: string | undefined): StreamCase["want"] {
  if (path !== "/v5/trade") return refusal(path, { op, text: "error:invalid op", id });
  const notFound = { retCode: 10_404, retMsg: "op type is not found", op, data: {}, retExtInfo: {} };
  return { ...(id === undefined ? {} : { reqId: id }), ...notFound, header: undefined, connId: undefined };
}
