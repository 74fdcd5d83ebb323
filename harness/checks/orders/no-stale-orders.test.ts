import { expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { journalOf, orderFor, setting, signal, type Lines } from "../../../test/support/journal.ts";
import { sent } from "../../../test/support/order-journal.ts";
import { noStaleOrders } from "./no-stale-orders.ts";

const instant = { ...setting, compression: 1 };
const judge = (...lines: Lines[]) =>
  noStaleOrders({ validMs: minutes(1) }).judge(journalOf(signal("22:15"), ...lines), instant);
const down = (time: string) => sent(time, "22:15", "BTCUSDT", { status: 503, retCode: null, executed: false });
const placed = (time: string) => [orderFor(time, "22:15"), sent(time, "22:15")];

test("sent again within its minute, or not at all, passes", () => {
  expect(judge(down("22:35:01"), placed("22:35:50"))).toMatchObject({ verdict: "pass", measured: 0 });
  expect(judge(down("22:35:01")).message).toContain("1 attempt came to nothing");
});

test("sent when the outage is over it is old; its age counts from the first attempt", () => {
  const seen = judge(down("22:35:01"), down("22:36:00"), placed("22:42:00"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 1, target: 0, unit: "orders" });
  expect(seen.message).toContain("wanted 6 min 59 s before, at 22 Oct 02:42:00");
});

test("of an order that was not tried before, the age counts from when its wave was due", () => {
  const other = sent("22:35:01", "22:00", "ETHUSDT", { status: 503, retCode: null });
  expect(judge(other, orderFor("22:35:59", "22:15"))).toMatchObject({ verdict: "pass" });
  expect(judge(other, orderFor("22:36:05", "22:15"))).toMatchObject({ verdict: "fail" });
});

test("an order at once, long before its wave is due, is none too old", () => {
  expect(judge(down("22:31:01"), placed("22:31:03"))).toMatchObject({ verdict: "pass" });
});

test("where no order met a fault nothing is judged", () => {
  expect(judge(placed("22:35:01"))).toMatchObject({ verdict: "unknown" });
});
