/** An order that was accepted and that reads do not know yet. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes, seconds } from "../../../core/units.ts";
import { listOf, openStage, type Stage } from "../../testing/exchange.ts";

type Row = Record<string, unknown>;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ balances: { USDT: "100000" }, limited: false });
});
afterEach(() => stage.close());

const contract = { category: "linear", symbol: "BTCUSDT" };
const place = (orderLinkId: string, change: Row = {}) => {
  const order = { ...contract, side: "Buy", orderType: "Limit", price: "900", qty: "0.1", orderLinkId };
  return stage.post("/v5/order/create", { ...order, ...change });
};
const ids = async (path: string, query: Record<string, string> = {}): Promise<unknown[]> =>
  listOf(await stage.get(path, { ...contract, ...query })).map(({ orderLinkId }) => orderLinkId);
const lag = (ms: number): { disarm(): void } =>
  stage.exchange.faults.rest.arm({ action: { do: "create-lag", ms }, ttlMs: minutes(60) });
const hits = (): number => stage.journal.view().all("rule.hit").length;

test("no read knows it, a second one of its name is refused, and it has traded all the same", async () => {
  await place("old");
  const rule = lag(minutes(10));
  const { orders } = stage.exchange.state.engine.account;
  const old = orders.byLinkId("old");
  // Placed longer ago than reads lag.
  Object.assign(old ?? {}, { createdMs: (old?.createdMs ?? 0) - minutes(11) });
  expect((await place("new", { orderType: "Market" })).retCode).toBe(0);

  expect(await ids("/v5/order/realtime", { orderLinkId: "new" })).toEqual([]);
  expect(await ids("/v5/order/history")).toEqual([]);
  expect(await ids("/v5/execution/list")).toEqual([]);
  expect(hits()).toBe(3);
  expect(await ids("/v5/order/realtime")).toEqual(["old"]);
  expect(hits()).toBe(3);
  expect(await place("new")).toMatchObject({ retCode: 110072 });
  expect(listOf(await stage.get("/v5/position/list", contract))).toMatchObject([{ size: "0.1" }]);

  rule.disarm();
  expect(await ids("/v5/order/realtime", { orderLinkId: "new" })).toEqual(["new"]);
  expect(await ids("/v5/order/history")).toEqual(["new"]);
  expect(await ids("/v5/execution/list")).toEqual(["new"]);
});

test("the lag is over after its time", async () => {
  lag(seconds(3));
  await place("one");
  expect(await ids("/v5/order/realtime")).toEqual([]);
  const order = stage.exchange.state.engine.account.orders.byLinkId("one");
  Object.assign(order ?? {}, { createdMs: (order?.createdMs ?? 0) - seconds(3) });
  expect(await ids("/v5/order/realtime")).toEqual(["one"]);
  expect(hits()).toBe(1);
});
