/** A rule that matches what a frame says, and not only its topic. */

import { afterEach, expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { openStage, type Stage } from "../../testing/exchange.ts";
import { openFaultStage, type FaultStage } from "../../testing/fault-stage.ts";
import { Frame } from "../frame.ts";
import { rowMatcher, rowsOf } from "./frame-rows.ts";
import { parseRule } from "./rule.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function faultStage(): Promise<FaultStage> {
  const stage = await openFaultStage();
  closers.push(() => stage.close());
  return stage;
}

test("the closed candle is lost, every other frame of the topic comes", async () => {
  const stage = await faultStage();
  const [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
  const topic = "kline.1.BTCUSDT";
  for (const client of [hit, other]) await client.subscribe(topic);
  const match = { on: "topic", topic: "kline.*", connection: 1, data: { confirm: true } } as const;
  stage.arm("public", { do: "gap" }, match, { times: 1 });
  const confirmed = (client: typeof hit): unknown[] =>
    client
      .of(topic)
      .flatMap(({ data }) => data as Record<string, unknown>[])
      .filter(({ confirm }) => confirm === true)
      .map(({ start }) => start);
  await hit.next(() => stage.all("rule.hit").length > 0);
  const before = confirmed(hit).length;
  await hit.next(() => confirmed(hit).length > before);
  await other.next(() => confirmed(other).includes(confirmed(hit).at(-1)));
  // It subscribed after the one that is hit, which therefore has whatever it has but one.
  expect(confirmed(other).filter((start) => !confirmed(hit).includes(start))).toHaveLength(1);
  expect(stage.all("rule.hit")).toMatchObject([{ subject: topic, nth: 1 }]);
});

test("one order's news are lost, another's are not", async () => {
  const stage: Stage = await openStage({ balances: { USDT: "100000" } });
  closers.push(() => stage.close());
  const stream = await stage.privateStream();
  await stream.login();
  stream.send({ op: "subscribe", args: ["order"] });
  await stream.next(({ op }) => op === "subscribe");
  const match = { on: "topic", topic: "order", data: { orderLinkId: "lost-*", orderStatus: "New" } } as const;
  stage.exchange.faults.private.arm({ match, action: { do: "gap" }, ttlMs: minutes(10) });
  const order = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", price: "900", qty: "0.1" };
  for (const orderLinkId of ["lost-1", "kept-1"]) await stage.post("/v5/order/create", { ...order, orderLinkId });
  await stage.post("/v5/order/cancel", { category: "linear", symbol: "BTCUSDT", orderLinkId: "lost-1" });
  const recorded = (): unknown[] =>
    stream.received
      .filter(({ topic }) => topic === "order")
      .flatMap(({ data }) => data as Record<string, unknown>[])
      .map(({ orderLinkId, orderStatus }) => [orderLinkId, orderStatus]);
  await stream.next(() => recorded().length >= 2);
  expect(recorded()).toEqual([
    ["kept-1", "New"],
    ["lost-1", "Cancelled"],
  ]);
});

test.each([
  [{ confirm: true }, [{ confirm: false }, { confirm: true }], true],
  [{ confirm: true }, [{ confirm: "true" }], false],
  [
    { orderId: "a*", side: "Buy" },
    [
      { orderId: "ab", side: "Sell" },
      { orderId: "b", side: "Buy" },
    ],
    false,
  ],
  [{ orderId: "a*", side: "Buy" }, [{ orderId: "ab", side: "Buy" }], true],
  [{ u: 7 }, { u: 7 }, true],
  [{ u: 7 }, { u: "7" }, false],
  [{ u: 7 }, undefined, false],
  [{ u: 7 }, [null, 7], false],
])("%j in %j: %s", (wanted, data, fits) => {
  expect(rowsOf(new Frame(JSON.stringify({ topic: "t", data }))).some(rowMatcher(wanted))).toBe(fits);
});

test("data is matched on frames only, and holds values", () => {
  const action = { do: "gap" };
  expect(parseRule({ match: { data: { confirm: true } }, action, ttlMs: 1 }, "public").match).toEqual({
    on: "topic",
    data: { confirm: true },
  });
  expect(() => parseRule({ match: { data: { a: [] } }, action, ttlMs: 1 }, "public")).toThrow("match.data.a is []");
  const close = { do: "close", code: 1000 };
  expect(() => parseRule({ match: { on: "live", data: {} }, action: close, ttlMs: 1 }, "public")).toThrow(
    'match has no "data"',
  );
});
