import { expect, test } from "vitest";
import { Ledger } from "./ledger.ts";

const order = (orderId: string, orderStatus: string, updatedTime: number) => ({
  ...{ orderId, orderLinkId: `link-${orderId}`, symbol: "BTCUSDT", side: "Buy", orderStatus },
  updatedTime: String(updatedTime),
});
const execution = (execId: string, side: string, execQty: string, execType = "Trade") => ({
  ...{ execId, symbol: "BTCUSDT", side, execQty, execType, execTime: "5" },
});
const open = (ledger: Ledger) => ledger.open.map(({ orderId }) => orderId);

test("an order that ended never opens again, whatever comes late", () => {
  const ledger = new Ledger();
  ledger.order(order("a", "New", 1));
  ledger.order(order("a", "PartiallyFilled", 2));
  expect(open(ledger)).toEqual(["a"]);
  ledger.order(order("a", "Filled", 3));
  ledger.order(order("a", "New", 1));
  ledger.openOrders([order("a", "New", 1)], 9);
  expect(open(ledger)).toEqual([]);
});

test("what is not among all open orders has ended, unless it changed since", () => {
  const ledger = new Ledger();
  ["a", "b"].forEach((id) => ledger.order(order(id, "New", 10)));
  ledger.order(order("c", "New", 30));
  ledger.openOrders([order("b", "New", 10), order("d", "New", 11)], 20);
  expect(open(ledger)).toEqual(["b", "c", "d"]);
});

test("of a trade with oneself both sides count, each once", () => {
  const ledger = new Ledger();
  const sides = [
    { ...execution("own", "Buy", "0.1"), orderId: "a" },
    { ...execution("own", "Sell", "0.1"), orderId: "b" },
  ];
  [...sides, ...sides].forEach((row) => ledger.execution(row));
  expect(ledger.summary()).toMatchObject({ executions: 2, net: {} });
});

test("an execution counts once, whichever way it comes; funding is one, and moves no position", () => {
  const ledger = new Ledger();
  ["x", "x", "y"].forEach((id) => ledger.execution(execution(id, "Buy", "0.1")));
  ledger.execution(execution("z", "Sell", "0.3"));
  ledger.execution(execution("f", "Sell", "7", "Funding"));
  expect(ledger.summary()).toMatchObject({ executions: 4, net: { BTCUSDT: -0.1 } });
  expect(ledger.lastExecutionMs).toBe(5);
});

test("the newest position counts; what is not among all open ones is flat", () => {
  const ledger = new Ledger();
  const position = (symbol: string, side: string, size: string, updatedTime: number) => ({
    symbol,
    side,
    size,
    updatedTime,
  });
  ledger.position(position("BTCUSDT", "Sell", "0.5", 2));
  ledger.position(position("BTCUSDT", "Buy", "9", 1));
  ledger.position(position("ETHUSDT", "Buy", "1", 1));
  expect(ledger.summary().positions).toEqual({ BTCUSDT: -0.5, ETHUSDT: 1 });
  ledger.openPositions([position("BTCUSDT", "Sell", "0.7", 3)], 5);
  expect(ledger.summary().positions).toEqual({ BTCUSDT: -0.7 });
});
