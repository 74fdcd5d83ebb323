import { describe, expect, test } from "vitest";
import { journalOf, order, orderFor, setting, signal, signalId, type Lines } from "../../../test/support/journal.ts";
import { ordersOnce } from "./orders-once.ts";

const judge = (...lines: Lines[]) => ordersOnce().judge(journalOf(...lines), setting);
const wave = [signal("22:15"), signal("22:15", "ETHUSDT")];
const trades = [orderFor("22:35:01", "22:15"), orderFor("22:35:02", "22:15", "ETHUSDT")];

test("one order per signal passes", () => {
  expect(judge(wave, trades)).toMatchObject({
    verdict: "pass",
    measured: 0,
    message: "reference places one order per signal, none twice, none without a signal: it placed 2 orders.",
  });
});

test("without an order nothing can be judged", () => {
  expect(judge(wave)).toMatchObject({ verdict: "unknown", measured: null });
});

test("where there were no signals nobody is asked", () => {
  expect(judge(trades)).toMatchObject({
    verdict: "not-applicable",
    message: expect.stringContaining("there were no signals, so it is not known which orders it wanted") as string,
  });
});

test("a second order under the same id is one too many; the message names client, number, time, order and line", () => {
  const seen = judge(wave, trades, order("22:36:00", signalId("22:15", "ETHUSDT"), "ETHUSDT"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 1, target: 0, unit: "orders", evidence: [{ line: 5 }] });
  expect(seen.message).toContain(
    "Expected reference to place one order per signal; it placed Buy ETHUSDT (20251021T2215-ETHUSDT), whose signal it had traded already, at 22 Oct 02:36:00 UTC+4.",
  );
});

test("a second order under an id of the client's own is seen by symbol and side", () => {
  const repeat = [
    order("22:35:01", "x1"),
    order("22:35:02", "x2", "ETHUSDT"),
    order("22:35:03", "x3"),
    order("22:35:04", "x4", "ETHUSDT"),
  ];
  expect(judge(wave, repeat)).toMatchObject({ verdict: "fail", measured: 2 });
});

describe("an order that no signal asked for", () => {
  test.each([
    ["on the other side", order("22:35:01", "x", "BTCUSDT", "Sell")],
    ["of another symbol", order("22:35:01", "x", "SOLUSDT")],
    ["before the signal was there", order("22:30:59", "x")],
  ])("%s", (_what, stray) => {
    const seen = judge(wave, stray);
    expect(seen).toMatchObject({ verdict: "fail", measured: 1 });
    expect(seen.message).toContain("which no signal asked for");
  });

  test("for a signal of another exchange", () => {
    expect(judge(signal("22:15", "BTCUSDT", { exchange: "binance" }), orderFor("22:35", "22:15"))).toMatchObject({
      verdict: "fail",
      measured: 1,
    });
  });
});

test("two waves with the same symbol and side are two orders, even when traded late and in one go", () => {
  const two = [signal("22:15"), signal("22:30"), order("22:50:01", "x1"), order("22:50:02", "x2")];
  expect(judge(two)).toMatchObject({ verdict: "pass" });
});

test("a symbol whose name begins with another's is not mistaken for it", () => {
  const inverse = { ...setting, symbols: ["BTCUSD", "BTCUSDT"] };
  const lines = [
    signal("22:15", "BTCUSD"),
    signal("22:15", "BTCUSDT"),
    orderFor("22:35", "22:15", "BTCUSDT"),
    orderFor("22:35", "22:15", "BTCUSD"),
  ];
  expect(ordersOnce().judge(journalOf(lines), inverse)).toMatchObject({ verdict: "pass" });
});

test("an id with something around it is still the signal's", () => {
  expect(
    judge(
      signal("22:15"),
      signal("22:30"),
      order("22:35", `bot-${signalId("22:15", "BTCUSDT")}-1`),
      order("22:36", `bot-${signalId("22:15", "BTCUSDT")}-2`),
    ),
  ).toMatchObject({ verdict: "fail", measured: 1 });
});

test("five of the orders too many are shown at most", () => {
  expect(
    judge(
      wave,
      Array.from({ length: 9 }, (_, n) => orderFor(`22:36:0${n}`, "22:15")),
    ).evidence,
  ).toHaveLength(5);
});
