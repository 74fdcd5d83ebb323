/** An order that fills just before its cancel arrives. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { listOf, openStage, type Answer, type Stage } from "../../testing/exchange.ts";

type Row = Record<string, unknown>;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ balances: { USDT: "100000" }, limited: false });
  stage.exchange.faults.rest.arm({
    match: { path: "/v5/order/cancel*" },
    action: { do: "fill-first" },
    ttlMs: minutes(60),
  });
});
afterEach(() => stage.close());

const contract = { category: "linear", symbol: "BTCUSDT" };
const place = async (orderLinkId: string): Promise<string> => {
  const order = { ...contract, side: "Buy", orderType: "Limit", price: "90", qty: "0.1", orderLinkId };
  return String((await stage.post("/v5/order/create", order)).result.orderId);
};
const cancel = (named: Row): Promise<Answer> => stage.post("/v5/order/cancel", { ...contract, ...named });
const statusOf = async (orderLinkId: string): Promise<unknown> =>
  listOf(await stage.get("/v5/order/realtime", { category: "linear", orderLinkId }))[0]?.orderStatus;

test("the cancel is too late, the order is filled at its price, others are left alone", async () => {
  const orderId = await place("one");
  await place("other");
  expect(await cancel({ orderId })).toMatchObject({ retCode: 110001 });
  expect([await statusOf("one"), await statusOf("other")]).toEqual(["Filled", "New"]);
  const [execution] = listOf(await stage.get("/v5/execution/list", { category: "linear", orderId }));
  expect(execution).toMatchObject({ execPrice: "90", execQty: "0.1", isMaker: true });
});

test("by its orderLinkId, and the orders of a batch", async () => {
  await place("one");
  await place("two");
  expect(await cancel({ orderLinkId: "one" })).toMatchObject({ retCode: 110001 });
  const request = [{ symbol: "BTCUSDT", orderLinkId: "two" }];
  await stage.post("/v5/order/cancel-batch", { category: "linear", request });
  expect(await statusOf("two")).toBe("Filled");
});

test("a cancel of nothing is answered as ever", async () => {
  expect(await cancel({ orderLinkId: "none" })).toMatchObject({ retCode: 110001 });
  expect(await cancel({})).toMatchObject({ retCode: 10001 });
});
