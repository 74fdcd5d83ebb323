/** A contract that stops trading and resumes, and a market that is reset, as a client meets them. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { coarsenTick, halt, resetMarket, resume } from "../engine/halts.ts";
import { listOf, openStage, type Answer, type Stage } from "../testing/exchange.ts";

type Row = Record<string, unknown>;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ balances: { USDT: "100000" }, limited: false });
});
afterEach(() => stage.close());

const contract = { category: "linear", symbol: "BTCUSDT" } as const;
const place = (orderLinkId: string, change: Row = {}): Promise<Answer> => {
  const order = { ...contract, side: "Buy", orderType: "Limit", price: "900", qty: "0.1", orderLinkId };
  return stage.post("/v5/order/create", { ...order, ...change });
};
const statusOf = async (orderLinkId: string): Promise<unknown> =>
  listOf(await stage.get("/v5/order/realtime", { category: "linear", orderLinkId }))[0]?.orderStatus;
const change = (deed: typeof halt | typeof resume): void =>
  stage.exchange.state.engine.change((account) => deed(account, "linear", "BTCUSDT"));

test("while it is halted orders are refused, others stand and can be cancelled, and nothing fills", async () => {
  await place("resting");
  await place("unwanted", { price: "890" });
  await place("stop", { side: "Sell", orderType: "Market", triggerPrice: "950", triggerDirection: 2 });
  change(halt);

  const refused = { retCode: 110074, retMsg: "This contract is not live" };
  expect(await place("new")).toMatchObject(refused);
  expect(await stage.post("/v5/order/amend", { ...contract, orderLinkId: "resting", price: "901" })).toMatchObject(
    refused,
  );
  expect(await place("other", { symbol: "ETHUSDT" })).toMatchObject({ retCode: 0 });
  expect(await stage.post("/v5/order/cancel", { ...contract, orderLinkId: "unwanted" })).toMatchObject({ retCode: 0 });

  stage.market.moveTo("linear", "BTCUSDT", "850");
  expect(await statusOf("resting")).toBe("New");
  expect(await statusOf("stop")).toBe("Untriggered");
  expect(await statusOf("unwanted")).toBe("Cancelled");

  change(resume);
  expect(await place("new", { price: "840" })).toMatchObject({ retCode: 0 });
  stage.market.moveTo("linear", "BTCUSDT", "860");
  stage.market.moveTo("linear", "BTCUSDT", "845");
  expect(await statusOf("stop")).toBe("Filled");
  expect(await statusOf("new")).toBe("New");
  const states = stage.journal
    .view()
    .all("exchange.halt")
    .map(({ state }) => state);
  expect(states).toEqual(["halted", "trading"]);
});

test("an order that stood through the halt fills when the market comes to it again", async () => {
  await place("resting");
  change(halt);
  change(halt);
  stage.market.moveTo("linear", "BTCUSDT", "950");
  change(resume);
  stage.market.moveTo("linear", "BTCUSDT", "890");
  expect(await statusOf("resting")).toBe("Filled");
  expect(listOf(await stage.get("/v5/position/list", contract))).toMatchObject([{ size: "0.1" }]);
});

test("a reset voids the orders of that contract that were acknowledged, and the private stream says so", async () => {
  const stream = await stage.privateStream();
  await stream.login();
  stream.send({ op: "subscribe", args: ["order"] });
  await stream.next(({ op }) => op === "subscribe");
  await place("voided");
  await place("stop", { side: "Sell", orderType: "Market", triggerPrice: "950", triggerDirection: 2 });
  await place("other", { symbol: "ETHUSDT" });
  stage.exchange.state.engine.change((account) => resetMarket(account, "linear", "BTCUSDT"));

  const rows = (message: Row): Row[] => (message.topic === "order" ? (message.data as Row[]) : []);
  const isVoided = (message: Row): boolean => rows(message).some(({ cancelType }) => cancelType === "CancelByAdmin");
  expect(rows(await stream.next(isVoided))).toContainEqual(
    expect.objectContaining({ orderLinkId: "voided", orderStatus: "Cancelled" }),
  );
  expect(await statusOf("voided")).toBe("Cancelled");
  expect(await statusOf("stop")).toBe("Deactivated");
  expect(await statusOf("other")).toBe("New");
  expect(await stage.post("/v5/order/cancel", { ...contract, orderLinkId: "voided" })).toMatchObject({
    retCode: 110001,
  });
  expect(stage.journal.view().all("exchange.market-reset")).toMatchObject([{ cancelled: 2 }]);
  expect(await place("again")).toMatchObject({ retCode: 0 });
});

test("instruments-info says which contracts trade", async () => {
  // Of the simulated markets, whatever the engine trades on.
  const symbols = async (status: string): Promise<unknown[]> =>
    listOf(await stage.get("/v5/market/instruments-info", { category: "linear", status })).map(({ symbol }) => symbol);
  expect(await symbols("Trading")).toContain("BTCUSDT");
  change(halt);
  expect(await symbols("Trading")).not.toContain("BTCUSDT");
  expect(await symbols("Closed")).toEqual(["BTCUSDT"]);
  change(resume);
  expect(await symbols("Closed")).toEqual([]);
});

test("a coarser tick is told, and refuses orders that do not fit it", async () => {
  const tickOf = async (): Promise<unknown> =>
    listOf(await stage.get("/v5/market/instruments-info", contract)).map(
      ({ priceFilter }) => (priceFilter as Row).tickSize,
    );
  await place("before", { price: "900.1" });
  stage.exchange.state.engine.change((account) => coarsenTick(account, "linear", "BTCUSDT", 10));
  expect(await place("off", { price: "900.1" })).toMatchObject({
    retCode: 10001,
    retMsg: "params error: price invalid",
  });
  expect(await place("fitting", { price: "900" })).toMatchObject({ retCode: 0 });
  expect(await statusOf("before")).toBe("New");
  expect(stage.journal.view().all("exchange.tick-size")).toMatchObject([{ symbol: "BTCUSDT", tickSize: "1.00" }]);
  // The simulated markets are others than the plain one of this stage, on which the engine trades here.
  stage.exchange.state.market.coarsenTick("linear", "BTCUSDT", 10);
  expect(await tickOf()).toEqual(["1.00"]);
});
