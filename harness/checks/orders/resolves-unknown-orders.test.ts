import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { journalOf, line, orderFor, setting, signalId, stopped, type Lines } from "../../../test/support/journal.ts";
import { lookup, lostReply, sent } from "../../../test/support/order-journal.ts";
import { resolvesUnknownOrders } from "./resolves-unknown-orders.ts";

const judge = (...lines: Lines[]) =>
  resolvesUnknownOrders({ within: seconds(30) }).judge(journalOf(...lines, stopped("22:45", "end-of-run")), setting);
const id = signalId("22:15", "BTCUSDT");
const lost = [orderFor("22:35:01", "22:15"), sent("22:35:01", "22:15", "BTCUSDT", lostReply)];

test("asked for by its id and found, it is resolved", () => {
  expect(judge(lost, lookup("22:35:04", id))).toMatchObject({ verdict: "pass", measured: 3_000 });
});

test("never asked for, it is not", () => {
  const seen = judge(lost);
  expect(seen).toMatchObject({ verdict: "fail", measured: null, target: 30_000 });
  expect(seen.message).toContain(
    `Expected reference to find out what became of the order within 30 s after the reply to Buy BTCUSDT (${id}), which was accepted, was lost at 22 Oct 02:35:01 UTC+4; it did not in the`,
  );
});

test("a read that did not show it resolves nothing, nor does one of another order or symbol", () => {
  const others = [
    lookup("22:35:02", id, { empty: true }),
    lookup("22:35:03", "another"),
    lookup("22:35:04", `${id}&symbol=ETHUSDT`),
    lookup("22:35:05", id, { retCode: 10016 }),
  ];
  expect(judge(lost, others)).toMatchObject({ verdict: "fail" });
  expect(judge(lost, others, lookup("22:35:06", id))).toMatchObject({ verdict: "pass", measured: 5_000 });
});

test("after the time it is late", () => {
  expect(judge(lost, lookup("22:36:01", id))).toMatchObject({ verdict: "fail", measured: 60_000 });
});

test("the exchange's refusal of its name says that it has it", () => {
  const again = sent("22:35:03", "22:15", "BTCUSDT", { retCode: 110072, retMsg: "OrderLinkedID is duplicate" });
  expect(judge(lost, again)).toMatchObject({ verdict: "pass", measured: 2_000 });
});

test("the private stream has said so already", () => {
  const stream = { endpoint: "exchange-private", connection: "private-1" };
  const had = [
    line("22:30", "connection.opened", stream),
    line("22:30", "connection.subscribed", { ...stream, topics: ["execution.linear"] }),
  ];
  expect(judge(had, lost)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("an error inside the exchange and a page of the gateway are no answers either", () => {
  const accepted = orderFor("22:35:01", "22:15");
  const page = sent("22:35:01", "22:15", "BTCUSDT", { status: 504, retCode: null });
  expect(judge(accepted, page)).toMatchObject({ verdict: "fail" });
  expect(judge(accepted, sent("22:35:01", "22:15", "BTCUSDT", { retCode: 10016 }))).toMatchObject({ verdict: "fail" });
});

test("an ack that was lost on the trade stream is a lost reply", () => {
  const stream = { endpoint: "exchange-trade", connection: "trade-1", op: "order.create", topics: [] };
  const orders = [{ orderLinkId: id, symbol: "BTCUSDT", side: "Buy" }];
  const unacked = line("22:35:01", "exchange.stream-request", {
    ...{ ...stream, orders, success: true, text: "", answered: false },
  });
  const accepted = orderFor("22:35:01", "22:15");
  expect(judge(accepted, unacked)).toMatchObject({ verdict: "fail" });
  expect(judge(accepted, unacked, lookup("22:35:07", id))).toMatchObject({ verdict: "pass", measured: 6_000 });
  const acked = line("22:35:01", "exchange.stream-request", {
    ...{ ...stream, orders, success: true, text: "", answered: true },
  });
  expect(judge(accepted, acked)).toMatchObject({ verdict: "unknown" });
});

test("where no reply was lost, or the exchange has not accepted it, nothing is judged", () => {
  expect(judge(orderFor("22:35:01", "22:15"), sent("22:35:01", "22:15"))).toMatchObject({ verdict: "unknown" });
  expect(judge(sent("22:35:01", "22:15", "BTCUSDT", { ...lostReply, executed: false }))).toMatchObject({
    verdict: "unknown",
  });
});
