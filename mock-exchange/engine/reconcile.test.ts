/** Whatever is ordered in whatever sequence: the books agree with each other to the last decimal. */

import { Big } from "big.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { RetError } from "../protocol/ret-codes.ts";
import { openDesk, type Desk } from "../testing/desk.ts";
import amend from "../order-entry/operations/amend.ts";
import cancel from "../order-entry/operations/cancel.ts";
import { plain, sum } from "./decimal.ts";
import { isOpen, leaves } from "./orders/order.ts";
import { averagePrice } from "./position.ts";

const contracts = [
  { category: "linear", symbol: "BTCUSDT" },
  { category: "linear", symbol: "ETHUSDT" },
  { category: "inverse", symbol: "BTCUSD" },
  { category: "spot", symbol: "BTCUSDT" },
] as const;

const steps = fc.integer({ min: -40, max: 40 });
const order = fc.record(
  {
    contract: fc.integer({ min: 0, max: contracts.length - 1 }),
    side: fc.constantFrom("Buy", "Sell"),
    orderType: fc.constantFrom("Market", "Limit"),
    qty: fc.integer({ min: 1, max: 900 }),
    away: steps,
    timeInForce: fc.constantFrom("GTC", "IOC", "FOK", "PostOnly"),
    reduceOnly: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    trigger: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: steps }),
    guarded: fc.boolean(),
  },
  { noNullPrototype: true },
);

const deed = fc.oneof(
  { weight: 6, arbitrary: order.map((value) => ({ do: "place" as const, ...value })) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("move" as const), contract: fc.nat(3), away: steps }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const), nth: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("amend" as const), nth: fc.nat(20), away: steps }) },
  { weight: 1, arbitrary: fc.constant({ do: "fund" as const }) },
);

type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

type Coins = Readonly<Record<"USDT" | "BTC" | "USDC", string>>;
const start: Coins = { USDT: "3000000", BTC: "500", USDC: "0" };
const tickOf = (category: string): string => (category === "inverse" ? "0.5" : "0.1");
const contractAt = (index: number): (typeof contracts)[number] => contracts[index] ?? contracts[0];

function priceAway(desk: Desk, index: number, away: number): string {
  const { category, symbol } = contractAt(index);
  const { last } = desk.market.quote(category, symbol);
  return plain(last.minus(last.mod("0.5")).plus(new Big(tickOf(category)).times(away)));
}

function perform(desk: Desk, deed: Deed): void {
  const open = desk.engine.account.orders.open();
  switch (deed.do) {
    case "move":
      desk.market.moveTo(...located(deed.contract), priceAway(desk, deed.contract, deed.away));
      break;
    case "fund":
      desk.engine.settleFunding(Date.parse("2026-01-01T08:00:00Z"));
      break;
    case "place":
      desk.place(orderOf(desk, deed));
      break;
    default: {
      const target = open[deed.nth];
      if (target === undefined) return;
      const { category, symbol, orderId } = target;
      if (deed.do === "cancel") cancel.run({ category, symbol, orderId }, desk.engine, 1);
      else {
        const index = contracts.findIndex((one) => one.category === category && one.symbol === symbol);
        amend.run({ category, symbol, orderId, price: priceAway(desk, index, deed.away) }, desk.engine, 1);
      }
    }
  }
}

const located = (index: number): [(typeof contracts)[number]["category"], string] => {
  const { category, symbol } = contractAt(index);
  return [category, symbol];
};

function orderOf(desk: Desk, deed: Extract<Deed, { do: "place" }>): Record<string, unknown> {
  const { category, symbol } = contractAt(deed.contract);
  const { last } = desk.market.quote(category, symbol);
  const quoted = category === "spot" && deed.orderType === "Market" && deed.side === "Buy";
  const qty = category === "inverse" || quoted ? deed.qty : deed.qty / 1_000;
  const buys = deed.side === "Buy";
  const trigger = deed.trigger === null ? {} : { triggerPrice: priceAway(desk, deed.contract, deed.trigger) };
  return {
    ...{ category, symbol, side: deed.side, orderType: deed.orderType, qty: String(qty) },
    ...(deed.orderType === "Limit"
      ? { price: priceAway(desk, deed.contract, deed.away), timeInForce: deed.timeInForce }
      : {}),
    reduceOnly: deed.reduceOnly,
    ...trigger,
    ...(deed.trigger === null ? {} : { triggerDirection: deed.trigger > 0 ? 1 : 2 }),
    ...(deed.guarded && !deed.reduceOnly && deed.trigger === null && category !== "inverse"
      ? {
          takeProfit: plain(last.times(buys ? "1.01" : "0.99").round(1)),
          stopLoss: plain(last.times(buys ? "0.99" : "1.01").round(1)),
        }
      : {}),
  };
}

/** Refusals are part of life; anything else thrown is a defect. */
function attempt(desk: Desk, deed: Deed): void {
  try {
    perform(desk, deed);
  } catch (error) {
    if (!(error instanceof RetError)) throw error;
  }
  desk.turn();
}

function checkBooks(desk: Desk, coins = start): void {
  const { orders, wallet, positions, closedPnl } = desk.engine.account;
  const executions = desk.engine.account.executions.newestFirst();
  const rows = wallet.newestFirst().toReversed();
  for (const coin of wallet.coins) {
    const booked = rows.filter((row) => row.coin === coin);
    expect(plain(wallet.balance(coin))).toBe(
      plain(sum([new Big(coins[coin as "BTC"]), ...booked.map((row) => row.change)])),
    );
    expect(plain(booked.at(-1)?.cashBalance ?? wallet.balance(coin))).toBe(plain(wallet.balance(coin)));
    const settled = positions.all().filter((one) => (one.category === "inverse" ? "BTC" : "USDT") === coin);
    expect(plain(wallet.realised(coin))).toBe(plain(sum(settled.map((one) => one.cumRealisedPnl))));
  }
  for (const order of orders.newestFirst()) {
    const fills = executions.filter((one) => one.orderId === order.orderId);
    expect(plain(order.cumExecQty)).toBe(plain(sum(fills.map((one) => one.qty))));
    expect(plain(order.cumExecValue)).toBe(plain(sum(fills.map((one) => one.value))));
    expect(plain(sum(order.fees.values()))).toBe(plain(sum(fills.map((one) => one.fee))));
    expect(leaves(order).gte(0)).toBe(true);
    if (isOpen(order)) expect(leaves(order).gt(0)).toBe(true);
    if (order.status === "Filled") expect(plain(leaves(order))).toBe("0");
  }
  for (const position of positions.all()) {
    const fills = executions.filter(
      (one) => one.category === position.category && one.symbol === position.symbol && one.execType !== "Funding",
    );
    const net = sum(fills.map((one) => one.qty.times(one.side === "Buy" ? 1 : -1)));
    expect(plain(position.size.times(position.side === "Sell" ? -1 : 1))).toBe(plain(net));
    if (position.size.eq(0)) {
      expect(plain(position.cost)).toBe("0");
      expect(plain(position.openFee)).toBe("0");
      const funding = executions.filter((one) => one.execType === "Funding" && one.symbol === position.symbol);
      const closed = closedPnl
        .newestFirst()
        .filter((one) => one.symbol === position.symbol && one.category === position.category);
      const earned = sum(closed.map((one) => one.pnl)).minus(sum(funding.map((one) => one.fee)));
      expect(plain(position.cumRealisedPnl)).toBe(plain(earned));
    } else expect(averagePrice(position).gt(0)).toBe(true);
  }
  const open = new Set(orders.open().map(({ orderId }) => orderId));
  for (const order of orders.newestFirst()) expect(open.has(order.orderId)).toBe(isOpen(order));
}

function run(deeds: readonly Deed[], seed: string): string {
  const desk = openDesk(seed, start);
  try {
    for (const one of deeds) attempt(desk, one);
    checkBooks(desk);
    return JSON.stringify([desk.pushes, desk.journal.view().events]);
  } finally {
    desk.close();
  }
}

test("wallet, positions, executions and open orders reconcile after any order flow", () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 60 }), (deeds) => {
      run(deeds, "reconcile");
    }),
    { numRuns: 150 },
  );
});

test("they reconcile as well for an account that is liquidated", () => {
  const coins: Coins = { USDT: "300", BTC: "0.3", USDC: "0" };
  let takenOver = 0;
  fc.assert(
    fc.property(
      fc.array(deed, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(400, 700, 1_400, 2_500),
      (deeds, price) => {
        const desk = openDesk("poor", coins);
        for (const one of deeds) attempt(desk, one);
        for (const { category, symbol } of contracts.slice(0, 3)) desk.market.moveTo(category, symbol, String(price));
        checkBooks(desk, coins);
        takenOver += desk.engine.account.executions.newestFirst().filter((one) => one.execType === "BustTrade").length;
        desk.close();
      },
    ),
    { numRuns: 100 },
  );
  expect(takenOver).toBeGreaterThan(0);
});

test("the same seed and the same orders give the same bytes, another seed gives others", () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 5, maxLength: 30 }), (deeds) => {
      expect(run(deeds, "a")).toBe(run(deeds, "a"));
    }),
    { numRuns: 20 },
  );
  const one: Deed[] = [
    {
      do: "place",
      contract: 0,
      side: "Buy",
      orderType: "Market",
      qty: 10,
      away: 0,
      timeInForce: "GTC",
      reduceOnly: false,
      trigger: null,
      guarded: false,
    },
  ];
  expect(run(one, "a")).not.toBe(run(one, "b"));
});

test("the stream's last word on every order is what REST would say", () => {
  fc.assert(
    fc.property(fc.array(deed, { minLength: 1, maxLength: 40 }), (deeds) => {
      const desk = openDesk("stream", start);
      for (const one of deeds) attempt(desk, one);
      const reported = new Map(
        desk.pushes
          .filter(({ kind }) => kind === "order")
          .flatMap(({ data }) => data)
          .map((view) => [view.orderId, view.orderStatus]),
      );
      for (const { orderId, status } of desk.engine.account.orders.newestFirst())
        expect(reported.get(orderId)).toBe(status);
      desk.close();
    }),
    { numRuns: 60 },
  );
});
