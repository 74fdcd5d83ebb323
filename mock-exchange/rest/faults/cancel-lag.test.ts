/** A cancelled order that reads still show as open for a while, as freqtrade's users saw it (freqtrade#9273). */

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes, seconds } from "../../../core/units.ts";
import { listOf, openStage, type Answer, type Stage } from "../../testing/exchange.ts";

type Row = Record<string, unknown>;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ balances: { USDT: "100000" }, limited: false });
});
afterEach(() => stage.close());

const contract = { category: "linear", symbol: "BTCUSDT" };
const place = async (price: string, change: Row = {}): Promise<string> => {
  const order = { ...contract, side: "Buy", orderType: "Limit", price, qty: "0.1", ...change };
  return String((await stage.post("/v5/order/create", order)).result.orderId);
};
const cancel = (orderId: string): Promise<Answer> => stage.post("/v5/order/cancel", { ...contract, orderId });
const realtime = async (query: Record<string, string> = {}): Promise<Row[]> =>
  listOf(await stage.get("/v5/order/realtime", { ...contract, ...query }));
const history = async (): Promise<Row[]> => listOf(await stage.get("/v5/order/history", contract));
const lag = (ms: number): { disarm(): void } =>
  stage.exchange.faults.rest.arm({
    match: { path: "/v5/order/*" },
    action: { do: "cancel-lag", ms },
    ttlMs: minutes(60),
  });
const hits = (): number => stage.journal.view().all("rule.hit").length;

test("reads show the order as it was, and it is cancelled all the same", async () => {
  const [first, second, third] = [await place("900"), await place("901"), await place("902")];
  const [before] = await realtime({ orderId: second });
  const rule = lag(minutes(10));
  expect((await realtime()).map(({ orderId }) => orderId)).toEqual([third, second, first]);
  expect(hits()).toBe(0);

  expect(await cancel(second)).toMatchObject({ retCode: 0, result: { orderId: second } });
  expect((await realtime()).map(({ orderId, orderStatus }) => [orderId, orderStatus])).toEqual([
    [third, "New"],
    [second, "New"],
    [first, "New"],
  ]);
  expect(await realtime({ orderId: second })).toEqual([before]);
  expect(await history()).toEqual([]);
  expect(hits()).toBe(3);
  // Of other orders and other symbols nothing lags, so nothing was hit.
  expect(await realtime({ orderId: first })).toMatchObject([{ orderStatus: "New" }]);
  expect(await realtime({ symbol: "ETHUSDT" })).toEqual([]);
  expect(hits()).toBe(3);
  expect(await cancel(second)).toMatchObject({ retCode: 110001 });

  rule.disarm();
  expect((await realtime()).map(({ orderId }) => orderId)).toEqual([third, first]);
  expect(await realtime({ orderId: second })).toMatchObject([{ orderStatus: "Cancelled", cancelType: "CancelByUser" }]);
  expect(await history()).toMatchObject([{ orderId: second, orderStatus: "Cancelled" }]);
});

test("the lag is over after its time, and an order that was filled does not lag", async () => {
  lag(seconds(1));
  const id = await place("900");
  await cancel(id);
  const market = await place("", { orderType: "Market" });
  expect(await realtime({ orderId: market })).toMatchObject([{ orderStatus: "Filled" }]);
  const { orders } = stage.exchange.state.engine.account;
  const order = orders.byId(id);
  if (order === undefined) throw new Error("the order is gone");
  // Cancelled longer ago than reads lag.
  order.updatedMs -= seconds(1);
  expect(await realtime({ orderId: id })).toMatchObject([{ orderStatus: "Cancelled" }]);
});

test("a conditional order comes back as what it was, and only where such orders are asked for", async () => {
  const id = await place("1100", { triggerPrice: "1100", triggerDirection: 1, side: "Sell" });
  lag(minutes(10));
  await cancel(id);
  expect(await realtime({ orderFilter: "StopOrder" })).toMatchObject([{ orderId: id, orderStatus: "Untriggered" }]);
  expect(await realtime({ orderFilter: "Order" })).toEqual([]);
});
