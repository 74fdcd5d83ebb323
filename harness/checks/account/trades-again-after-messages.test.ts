import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { topicHit } from "../../../test/support/book-journal.ts";
import { clientStarted, journalOf, order, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { tradesAgain } from "./trades-again.ts";

const judge = (...lines: Lines[]) =>
  tradesAgain({ within: seconds(20), after: "a spoilt message" }).judge(journalOf(...lines), setting);
const both = (time: string, id: string) => [order(time, id), order(time, `${id}-eth`, "ETHUSDT")];
const up = [clientStarted("22:00"), both("22:00:45", "1"), both("22:00:55", "2")];
const hit = topicHit("22:01", "malformed");
const end = stopped("22:10", "end-of-run");

test("an order of the symbol soon after passes, where it goes on", () => {
  const seen = judge(up, hit, order("22:01:06", "3"), order("22:01:16", "4"), stopped("22:01:30", "end-of-run"));
  expect(seen).toMatchObject({ verdict: "pass", measured: 6_000 });
});

test("an order on what was known before is not enough: it has to go on", () => {
  const seen = judge(up, hit, order("22:01:06", "3"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to trade BTCUSDT again within 30 s after its last order since orderbook.50.BTCUSDT met malformed at 22 Oct 02:01:06 UTC+4; it did not in the 8 min 54 s that it had.",
  );
});

test("another symbol's order does not count", () => {
  const seen = judge(up, hit, order("22:01:06", "3", "ETHUSDT"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to trade BTCUSDT again within 30 s after orderbook.50.BTCUSDT met malformed at 22 Oct 02:01:00 UTC+4; it did not in the 9 min that it had.",
  );
});

test("late is late, and says what would excuse it", () => {
  expect(judge(up, hit, order("22:02", "3"), stopped("22:02:20", "end-of-run"))).toMatchObject({
    verdict: "fail",
    excuse: { latenessMs: 30_000 },
  });
});

describe("nothing to judge", () => {
  test("it never traded", () => expect(judge(clientStarted("22:00"), hit, end).verdict).toBe("not-applicable"));
  test("it never traded the symbol", () => {
    const other = [order("22:00:45", "1", "ETHUSDT"), order("22:00:55", "2", "ETHUSDT")];
    expect(judge(clientStarted("22:00"), other, hit, end).verdict).toBe("unknown");
  });
  test("no message was spoilt", () => expect(judge(up, stopped("22:01", "end-of-run")).verdict).toBe("unknown"));
  test("stopped right after", () => expect(judge(up, hit, stopped("22:01:10", "end-of-run")).verdict).toBe("unknown"));
});
