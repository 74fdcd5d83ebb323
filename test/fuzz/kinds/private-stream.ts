/** Auth and subscriptions on the private stream: forged, mixed, of every type. */

import type { Random } from "../../../core/random.ts";
import { kind, type StreamCase } from "../support/case.ts";
import { inherited, junkText, nested } from "../support/junk.ts";
import { hmac } from "../support/requests.ts";
import { key, startMs } from "../support/stage.ts";
import { refusal } from "../support/streams.ts";
import { frame } from "../support/ws-wire.ts";

const path = "/v5/private";
const later = startMs + 10_000;
const sign = (expires: unknown): string => hmac(key, `GET/realtime${String(expires)}`);

/** As JSON: some of it no `JSON.stringify` would write. */
const badAuth = (random: Random): string =>
  random.pick([
    "null",
    "{}",
    "[]",
    JSON.stringify([key.key]),
    JSON.stringify([key.key, later]),
    JSON.stringify([key.key, later, junkText(random)]),
    JSON.stringify([key.key, later, sign(later).toUpperCase()]),
    JSON.stringify([junkText(random), later, sign(later)]),
    JSON.stringify([random.pick(inherited), later, sign(later)]),
    JSON.stringify([key.key, startMs, sign(startMs)]),
    JSON.stringify([key.key, -1, sign(-1)]),
    JSON.stringify([key.key, "NaN", sign("NaN")]),
    `["${key.key}",-1e999,"${sign("-Infinity")}"]`,
    JSON.stringify([key.key, { valueOf: 1 }, sign(later)]),
    JSON.stringify([[key.key], later, sign(later)]),
    JSON.stringify([key.key, later, { toString: 1 }]),
    nested("[", "]", random.integer(1, 5_000)),
  ]);

const manyTopics = Array.from({ length: 500 }, (_, i) => `order.${i}`);

const badTopics = (random: Random): unknown =>
  random.pick<unknown>([
    null,
    {},
    [],
    "order",
    [1],
    ["order", null],
    [["order"]],
    ["order", "order.linear"],
    ["execution", "execution.spot"],
    ["position.spot"],
    ["wallet.linear"],
    ["ORDER"],
    ["order."],
    [".linear"],
    ["."],
    [""],
    ["dcp"],
    ["dcp.future.linear"],
    ["orderbook.50.BTCUSDT"],
    [random.pick(inherited)],
    [`${random.pick(inherited)}.linear`],
    [`${random.pick(inherited)}.${random.pick(inherited)}`],
    [`order.${random.pick(inherited)}`],
    [junkText(random)],
    manyTopics,
  ]);

export default kind({
  surface: "stream",
  cases: 6_000,
  make(random, nth): StreamCase {
    const id = random.chance(0.5) ? String(nth) : undefined;
    const op = random.pick(["auth", "subscribe", "unsubscribe"]);
    const args = op === "auth" ? badAuth(random) : JSON.stringify(badTopics(random));
    const bytes = frame(`{${id === undefined ? "" : `"req_id":${id},`}"op":"${op}","args":${args}}`);
    return { path, bytes, want: refusal(path, { op, text: "Params Error", id }) };
  },
});
