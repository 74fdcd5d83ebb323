/** The trade stream: orders with one thing wrong, and requests whose header, id or args are. */

import type { Random } from "../../../core/random.ts";
import { kind, type StreamCase, type Text } from "../support/case.ts";
import { inherited, junkText, nested, number } from "../support/junk.ts";
import { jsonOf, spoilt } from "../support/orders.ts";
import { startMs } from "../support/stage.ts";
import { frame } from "../support/ws-wire.ts";

interface Parts {
  reqId: string | undefined;
  op: string;
  header: string;
  args: string;
}

type Refusal = [code: number, text: Text];

const rightHeader = JSON.stringify({ "X-BAPI-TIMESTAMP": String(startMs), "X-BAPI-RECV-WINDOW": "5000" });
const late = (timestamp: string, window: string): string =>
  "invalid request, please check your server timestamp or recv_window param. " +
  `req_timestamp[${timestamp}],server_timestamp[${startMs}],recv_window[${window}]`;

const makers: readonly ((random: Random, right: Parts) => [Parts, Refusal])[] = [
  (random, right) => {
    const { order, refusal } = spoilt(random);
    const known = ["linear", "inverse", "spot"].includes(String(order.category));
    const stray = order.category === "option" || !known;
    return [{ ...right, args: `[${jsonOf(order)}]` }, stray ? [10_404, "category is not correct"] : [...refusal]];
  },
  (random, right) => {
    const timestamp = random.pick([number(random), "-1", "1", String(startMs - 5_001), String(startMs + 1_000)]);
    const header = JSON.stringify({ "X-BAPI-TIMESTAMP": timestamp, "X-BAPI-RECV-WINDOW": 5_000 });
    return [{ ...right, header }, [10_002, late(timestamp, "5000")]];
  },
  (random, right) => {
    const window = random.pick(["-1", "x", junkText(random)]);
    const header = JSON.stringify({ "X-BAPI-TIMESTAMP": startMs, "X-BAPI-RECV-WINDOW": window });
    return [{ ...right, header }, [10_002, late(String(startMs), window)]];
  },
  (random, right) => {
    const header = random.pick([
      "null",
      "[]",
      "{}",
      "1",
      '"x"',
      '{"X-BAPI-TIMESTAMP":{}}',
      '{"x-bapi-timestamp":1}',
      nested("[", "]", 2_000),
    ]);
    return [{ ...right, header }, [10_001, "params error: X-BAPI-TIMESTAMP is required"]];
  },
  (random, right) => {
    const args = random.pick([
      "null",
      "{}",
      "[]",
      "[{},{}]",
      "[[]]",
      "[null]",
      '["x"]',
      "1",
      nested("[", "]", random.integer(2, 3_000)),
    ]);
    return [{ ...right, args }, [10_001, "params error: args invalid"]];
  },
  (random, right) => {
    const category = random.pick([
      `"${random.pick(inherited)}"`,
      `"${junkText(random)}"`,
      "null",
      "{}",
      "1",
      '["linear"]',
    ]);
    return [{ ...right, args: `[{"category":${category}}]` }, [10_404, "category is not correct"]];
  },
  (random, right) => [
    { ...right, reqId: "r".repeat(random.integer(37, 9_000)) },
    [10_001, "params error: reqId invalid"],
  ],
  (random, right) => {
    const op = random.pick([
      random.pick(inherited),
      "order.cancel-all",
      "order.pre-check",
      "subscribe",
      junkText(random),
    ]);
    return [{ ...right, op }, [10_404, "op type is not found"]];
  },
  (random, right) => {
    const op = random.pick(["order.amend", "order.cancel"]);
    const args = JSON.stringify([{ category: "linear", symbol: "BTCUSDT", orderId: junkText(random).slice(0, 60) }]);
    return [{ ...right, op, args }, [110_001, /^order not exists or too late to (replace|cancel)$/]];
  },
];

export default kind({
  surface: "stream",
  cases: 13_000,
  make(random, nth): StreamCase {
    const reqId = random.chance(0.8) ? `r${nth}` : undefined;
    const [parts, [code, text]] = random.pick(makers)(random, {
      reqId,
      op: "order.create",
      header: rightHeader,
      args: "[{}]",
    });
    const id = parts.reqId === undefined ? "" : `"reqId":"${parts.reqId}",`;
    const bytes = frame(`{${id}"header":${parts.header},"op":"${parts.op}","args":${parts.args}}`);
    const want = {
      retCode: code,
      retMsg: text,
      op: parts.op,
      data: {},
      retExtInfo: {},
      header: undefined,
      connId: undefined,
    };
    return { path: "/v5/trade", bytes, want: parts.reqId === undefined ? want : { reqId: parts.reqId, ...want } };
  },
});
