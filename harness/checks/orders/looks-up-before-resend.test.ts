import { expect, test } from "vitest";
import {
  journalOf,
  line,
  order,
  orderFor,
  setting,
  signal,
  signalId,
  type Lines,
} from "../../../test/support/journal.ts";
import { lookup, lostReply, sent } from "../../../test/support/order-journal.ts";
import { looksUpBeforeResend } from "./looks-up-before-resend.ts";

const judge = (...lines: Lines[]) => looksUpBeforeResend().judge(journalOf(signal("22:15"), ...lines), setting);
const id = signalId("22:15", "BTCUSDT");
const lost = [orderFor("22:35:01", "22:15"), sent("22:35:01", "22:15", "BTCUSDT", lostReply)];
const again = sent("22:35:05", "22:15", "BTCUSDT", { retCode: 110072 });

test("sent again after a lookup passes, and so does not sent again at all", () => {
  const passed = { verdict: "pass", message: expect.stringContaining("the replies to 1 order were lost") as string };
  expect(judge(lost, lookup("22:35:03", id, { empty: true }), again)).toMatchObject(passed);
  expect(judge(lost)).toMatchObject(passed);
});

test("sent again blind is one too many, and the message names it", () => {
  const seen = judge(lost, again);
  expect(seen).toMatchObject({ verdict: "fail", measured: 1, target: 0, unit: "orders" });
  expect(seen.message).toContain(
    `it sent Buy BTCUSDT (${id}) again, whose reply it had lost, without asking for it, at 22 Oct 02:35:04`,
  );
});

test.each([
  ["a lookup of another order", lookup("22:35:03", "another")],
  ["a lookup that was not answered", lookup("22:35:03", id, lostReply)],
  ["a lookup of before", lookup("22:34:59", id)],
  ["a lookup that was answered after it was sent again", lookup("22:35:06", id)],
])("%s is none", (_what, read) => {
  expect(judge(lost, read, again)).toMatchObject({ verdict: "fail" });
});

test("under another id it is the same order where it is for the same signal", () => {
  const renamed = [order("22:35:05", "x2"), sent("22:35:05", "22:15", "BTCUSDT", { orderLinkId: "x2" })];
  expect(judge(lost, renamed)).toMatchObject({ verdict: "fail" });
  expect(judge(lost, lookup("22:35:03", id), renamed)).toMatchObject({ verdict: "pass" });
});

test("the order of another signal is another order", () => {
  const other = [
    signal("22:30"),
    order("22:50:01", signalId("22:30", "BTCUSDT")),
    sent("22:50:01", "22:30", "BTCUSDT"),
  ];
  expect(judge(lost, other)).toMatchObject({ verdict: "pass" });
});

test("on the trade stream it is the same, and a refusal without its id (10005) says nothing", () => {
  const trade = (time: string, text: string) =>
    line(time, "exchange.stream-request", {
      ...{ endpoint: "exchange-trade", connection: "trade-1", op: "order.create", topics: [] },
      ...{ success: text === "", text, answered: true, orders: [{ orderLinkId: id, symbol: "BTCUSDT", side: "Buy" }] },
    });
  const nameless = trade("22:35:01", "10005 Permission denied");
  expect(judge(nameless, trade("22:35:07", ""))).toMatchObject({ verdict: "fail", measured: 1 });
  expect(judge(nameless, lookup("22:35:05", id), trade("22:35:07", ""))).toMatchObject({ verdict: "pass" });
  expect(judge(trade("22:35:01", "10006 Too many visits"), trade("22:35:07", ""))).toMatchObject({
    verdict: "unknown",
  });
});

test("an order that was refused may be sent again at once; without a lost reply nothing is judged", () => {
  const refused = sent("22:35:01", "22:15", "BTCUSDT", { retCode: 10006 });
  expect(judge(refused, sent("22:35:05", "22:15"))).toMatchObject({ verdict: "unknown" });
});
