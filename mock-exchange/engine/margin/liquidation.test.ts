/** A position that its account can no longer carry is taken over, and everybody is informed as Bybit does it. */

import { Big } from "big.js";
import { afterEach, describe, expect, test } from "vitest";
import { openDesk, type Desk } from "../../testing/desk.ts";

let desk: Desk;

afterEach(() => desk.close());

const contracts = {
  linear: { contract: { category: "linear", symbol: "BTCUSDT" }, coins: { USDT: "1200" }, qty: "10", tick: "0.1" },
  inverse: { contract: { category: "inverse", symbol: "BTCUSD" }, coins: { BTC: "1.2" }, qty: "9000", tick: "0.5" },
} as const;

const rows = (kind: string): Readonly<Record<string, unknown>>[] =>
  desk.pushes.filter((push) => push.kind === kind).flatMap(({ data }) => [...data]);

describe.each(["linear", "inverse"] as const)("a %s position", (category) => {
  const { contract, coins, qty, tick } = contracts[category];

  test.each(["Buy", "Sell"] as const)("of side %s is taken over where the mark price crosses its price", (side) => {
    desk = openDesk("liquidation", coins);
    const { account } = desk.engine;
    desk.place({ ...contract, side, orderType: "Market", qty });
    const away = side === "Buy" ? "500" : "1500";
    const resting = desk.place({
      ...contract,
      side: side === "Buy" ? "Sell" : "Buy",
      orderType: "Limit",
      qty: "1",
      price: side === "Buy" ? "1400" : "600",
      reduceOnly: true,
    });
    desk.turn();
    const shown = rows("position").at(-1) ?? {};
    const [liq, bust] = [new Big(String(shown.liqPrice)), new Big(String(shown.bustPrice))];
    const falls = side === "Buy" ? -1 : 1;
    expect(liq.minus(1000).times(falls).gt(0)).toBe(true);
    expect(bust.minus(liq).times(falls).gt(0)).toBe(true);
    desk.pushes.length = 0;

    const oneTick = new Big(tick).times(falls);
    desk.market.moveTo(category, contract.symbol, liq.minus(oneTick.times(2)).toFixed());
    desk.turn();
    expect(rows("execution")).toEqual([]);
    desk.market.moveTo(category, contract.symbol, liq.plus(oneTick.times(2)).toFixed());
    desk.turn();

    const [order] = rows("order").filter(({ createType }) => createType === "CreateByLiq");
    expect(order).toMatchObject({
      orderStatus: "Filled",
      qty,
      side: side === "Buy" ? "Sell" : "Buy",
      reduceOnly: true,
    });
    expect(rows("execution")).toMatchObject([
      { execType: "BustTrade", createType: "CreateByLiq", execQty: qty, closedSize: qty, isMaker: false },
    ]);
    expect(rows("position").at(-1)).toMatchObject({ size: "0", side: "", liqPrice: "", bustPrice: "" });
    expect(account.orders.byId(resting)).toMatchObject({ status: "Cancelled", cancelType: "CancelAllBeforeLiq" });
    expect(account.closedPnl.newestFirst()).toMatchObject([{ execType: "BustTrade" }]);
    // Nothing is left but what rounding to a tick leaves, and nothing is owed.
    const [coin] = Object.keys(coins);
    const left = account.wallet.balance(coin ?? "");
    expect(left.gte(0)).toBe(true);
    expect(left.lt(category === "linear" ? "2" : "0.01")).toBe(true);
    expect(account.wallet.newestFirst()[0]).toMatchObject({ type: "LIQUIDATION" });
    // Once.
    desk.pushes.length = 0;
    desk.market.moveTo(category, contract.symbol, away);
    desk.turn();
    expect(rows("execution")).toEqual([]);
  });
});

test("a gap beyond the bankruptcy price leaves nothing owed", () => {
  desk = openDesk("gap", contracts.linear.coins);
  desk.place({ side: "Buy", orderType: "Market", qty: "10" });
  desk.market.moveTo("linear", "BTCUSDT", "500");
  const { account } = desk.engine;
  expect(account.positions.open()).toEqual([]);
  expect(account.wallet.balance("USDT").gte(0)).toBe(true);
});

test("an account that can carry its positions is left alone", () => {
  desk = openDesk("rich", { USDT: "1000000" });
  desk.place({ side: "Buy", orderType: "Market", qty: "10" });
  desk.market.moveTo("linear", "BTCUSDT", "1");
  expect(desk.engine.account.positions.open()).toHaveLength(1);
});

test("a price that the contract cannot have is not shown", () => {
  desk = openDesk("short", { USDT: "100000000" });
  desk.place({ side: "Sell", orderType: "Market", qty: "1" });
  desk.turn();
  expect(rows("position").at(-1)).toMatchObject({ size: "1", liqPrice: "", bustPrice: "" });
});
