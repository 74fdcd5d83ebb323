/** A flow of orders that never ends: what is kept stays bounded, and what is kept still agrees with itself. */

import { afterEach, beforeEach, expect, test } from "vitest";
import cancel from "../order-entry/operations/cancel.ts";
import { page } from "../rest/page.ts";
import { openDesk, type Desk } from "../testing/desk.ts";
import { plain, sum } from "./decimal.ts";
import { mostRows } from "./newest.ts";
import type { Order } from "./orders/order.ts";

const kept = 40;
let desk: Desk;

beforeEach(() => (desk = openDesk("long", { USDT: "3000000", BTC: "500" }, kept)));
afterEach(() => desk.close());

/** Opens and closes, so that every other order leaves a closed PnL; now and then one is cancelled unfilled. */
function trade(orders: number, from = 0): string[] {
  const ids: string[] = [];
  for (let at = from; at < from + orders; at += 1) {
    const side = at % 2 === 0 ? "Buy" : "Sell";
    ids.push(desk.place({ side, orderType: "Market", qty: "0.1", orderLinkId: `l${at}` }));
    if (at % 5 === 0) {
      const orderId = desk.place({ side: "Buy", orderType: "Limit", qty: "0.1", price: "900" });
      cancel.run({ category: "linear", symbol: "BTCUSDT", orderId }, desk.engine, 1);
      ids.push(orderId);
    }
    desk.turn();
  }
  return ids;
}

test("what is kept is bounded, however long the flow, and is the newest", () => {
  const { orders, executions, closedPnl, wallet } = desk.engine.account;
  let mostSeen = 0;
  let ids: string[] = [];
  for (let from = 0; from < 2_000; from += 10) {
    ids = [...ids.slice(-kept), ...trade(10, from)];
    const sizes = [orders.size, executions.size, closedPnl.size, wallet.newestFirst().length];
    mostSeen = Math.max(mostSeen, ...sizes);
    if (from > 10 * kept) expect(Math.min(...sizes)).toBeGreaterThanOrEqual(kept);
  }
  expect(mostSeen).toBe(mostRows(kept));
  const shown = orders.newestFirst().map(({ orderId }) => orderId);
  expect(shown.slice(0, kept)).toEqual(ids.slice(-kept).toReversed());
});

test("an order that is open is never forgotten: it is found, listed and filled", () => {
  const { orders } = desk.engine.account;
  const stop = { side: "Sell", orderType: "Market", qty: "0.1", triggerPrice: "900", triggerDirection: 2 };
  const [resting, waiting] = [
    desk.place({ side: "Buy", orderType: "Limit", qty: "0.1", price: "900", orderLinkId: "old" }),
    desk.place(stop),
  ];
  trade(400);
  expect(orders.byLinkId("old")?.orderId).toBe(resting);
  expect(orders.newestFirst().at(-1)?.orderId).toBe(resting);
  desk.market.moveTo("linear", "BTCUSDT", "899");
  expect([resting, waiting].map((id) => orders.byId(id)?.status)).toEqual(["Filled", "Filled"]);
  desk.market.moveTo("linear", "BTCUSDT", "1000");
  trade(1_000, 1_000);
  expect([resting, waiting].map((id) => orders.byId(id))).toEqual([undefined, undefined]);
  // Its name is free again.
  expect(orders.byLinkId("old")).toBeUndefined();
  desk.place({ side: "Buy", orderType: "Market", qty: "0.1", orderLinkId: "old" });
});

test("the kept books agree to the last decimal", () => {
  trade(500);
  const { orders, executions, wallet } = desk.engine.account;
  const rows = wallet
    .newestFirst()
    .filter(({ coin }) => coin === "USDT")
    .toReversed();
  const [oldest] = rows;
  if (oldest === undefined) throw new Error("nothing was booked");
  const before = oldest.cashBalance.minus(oldest.change);
  expect(plain(before.plus(sum(rows.map(({ change }) => change))))).toBe(plain(wallet.balance("USDT")));
  const fills = executions.newestFirst();
  const filled = orders.newestFirst().filter(({ status }) => status === "Filled");
  const newest = filled.slice(0, Math.floor(kept / 2));
  expect(newest).toHaveLength(kept / 2);
  for (const order of newest) {
    const mine = fills.filter(({ orderId }) => orderId === order.orderId);
    expect(plain(sum(mine.map(({ qty }) => qty)))).toBe(plain(order.cumExecQty));
  }
});

test("pages go on where they were while rows behind them are forgotten, and end where nothing older is left", () => {
  trade(30);
  const nameOf = ({ orderId, createdMs }: Order): string => `${orderId}:${createdMs}`;
  const ask = (cursor: string): { items: Order[]; nextPageCursor: string } => {
    const query = new URLSearchParams({ cursor });
    return page(desk.engine.account.orders.newestFirst(), { query, defaultLimit: 10, maxLimit: 10, nameOf });
  };
  const before = desk.engine.account.orders.newestFirst();
  const first = ask("");
  trade(8, 100);
  const second = ask(first.nextPageCursor);
  expect([...first.items, ...second.items]).toEqual(before.slice(0, 20));
  trade(400, 200);
  expect(ask(second.nextPageCursor)).toEqual({ items: [], nextPageCursor: "" });
});
