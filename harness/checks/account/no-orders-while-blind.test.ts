import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, order, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { outage } from "../../../test/support/stream-journal.ts";
import { noOrdersWhileBlind } from "./no-orders-while-blind.ts";

const judge = (...lines: Lines[]) => noOrdersWhileBlind({ grace: seconds(20) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), order("22:04:48", "0"), order("22:04:58", "1")];
const dead = outage("fault-1", "22:05", "22:10");
const end = stopped("22:20", "end-of-run");

test("no order from the grace to the heal passes, whatever was placed before and after", () => {
  expect(judge(up, dead, order("22:05:10", "2"), order("22:10:05", "3"), end)).toMatchObject({
    verdict: "pass",
    message:
      "reference places no order from 20 s after its market data died until they are back: in 4 min 40 s without them.",
  });
});

test("orders meanwhile fail, with how many and how blind the latest was", () => {
  const seen = judge(up, dead, order("22:05:25", "2"), order("22:09", "3"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 2 });
  expect(seen.message).toContain(
    "Expected reference to place no order while it has no market data; it placed an order (Buy BTCUSDT) 25 s after they died, at 22 Oct 02:05:25 UTC+4, one of 2 orders.",
  );
});

test("an order is excused by a machine that was late for as long as the order was", () => {
  expect(judge(up, dead, order("22:05:25", "2"), end).excuse).toMatchObject({ latenessMs: 5_000 });
});

test("an order long after that is excused by nothing", () => {
  expect(judge(up, dead, order("22:05:25", "2"), order("22:08", "3"), end).excuse).toMatchObject({
    latenessMs: Infinity,
  });
});

describe("nothing to judge", () => {
  test("it never traded", () => expect(judge(clientStarted("22:00"), dead, end).verdict).toBe("not-applicable"));
  test("dead for less than the grace", () => {
    expect(judge(up, outage("fault-1", "22:05", "22:05:15"), end).verdict).toBe("unknown");
  });
  test("no fault", () => expect(judge(up, stopped("22:05", "end-of-run")).verdict).toBe("unknown"));
});
