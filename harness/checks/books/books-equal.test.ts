import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { state, reported, topicHit } from "../../../test/support/book-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { booksEqual } from "./books-equal.ts";

const judge = (...lines: Lines[]) => booksEqual({ within: seconds(10) }).judge(journalOf(...lines), setting);
const states = [state("22:00:05", 1), state("22:00:10", 2), state("22:01:03", 3), state("22:01:20", 4)];
const up = [clientStarted("22:00"), states, reported("22:00:10", 2)];
const gap = topicHit("22:01", "gap");
const end = stopped("22:10", "end-of-run");
const wrong = { checksum: 0 };

test("a book that is right soon after passes, with how many were compared", () => {
  expect(judge(up, gap, reported("22:01:04", 3), reported("22:01:20", 4), end)).toMatchObject({
    verdict: "pass",
    measured: 4_000,
    message:
      "reference has the exchange's order books again within 10 s of a fault: 4 s after orderbook.50.BTCUSDT met gap at 22 Oct 02:01:00 UTC+4.",
  });
});

test("one that is told seldom is judged by the first that is told", () => {
  expect(judge(up, gap, reported("22:01:20", 4), end).verdict).toBe("pass");
  expect(judge(up, gap, reported("22:01:20", 4, wrong), reported("22:01:24", 4), end).verdict).toBe("fail");
});

test("one that is unsynced meanwhile is not wrong", () => {
  expect(judge(up, gap, reported("22:01:01", 2, { synced: false }), reported("22:01:04", 3), end).verdict).toBe("pass");
});

test("one that stays wrong fails, and says until when it was", () => {
  const seen = judge(up, gap, reported("22:01:04", 3, wrong), reported("22:01:20", 4, wrong), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to have the exchange's book within 10 s after orderbook.50.BTCUSDT met gap at 22 Oct 02:01:00 UTC+4; it had a wrong one until 22 Oct 02:01:20 UTC+4, 20 s later.",
  );
});

test("right at first and wrong later is wrong", () => {
  expect(judge(up, gap, reported("22:01:04", 3), reported("22:01:20", 4, wrong), end).verdict).toBe("fail");
});

test("one that stands still fails, however right it was once", () => {
  const frozen = [reported("22:01:04", 3), reported("22:01:25", 3), reported("22:01:31", 3), reported("22:02", 3)];
  const seen = judge(up, gap, frozen, end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain("it had a wrong one until 22 Oct 02:02:00 UTC+4, 1 min later.");
  expect(judge(up, gap, frozen.slice(0, 2), end).verdict).toBe("pass");
});

test("no book at all afterwards fails", () => {
  expect(judge(up, gap, reported("22:01:01", 2, { synced: false }), end).message).toContain(
    "Expected reference to have the exchange's book within 10 s after orderbook.50.BTCUSDT met gap at 22 Oct 02:01:00 UTC+4; it did not in the 9 min that it had.",
  );
});

test("wrong before any fault fails", () => {
  expect(judge(clientStarted("22:00"), states, reported("22:00:10", 2, wrong), gap, end)).toMatchObject({
    verdict: "fail",
    message: expect.stringContaining("before any fault had touched it") as unknown,
  });
});

describe("nothing to judge", () => {
  test("a client without telemetry", () => {
    expect(judge(clientStarted("22:00"), states, gap, end).verdict).toBe("not-applicable");
  });
  test("no fault touched a book", () => expect(judge(up, end).verdict).toBe("unknown"));
  test("stopped right after", () => expect(judge(up, topicHit("22:09:55", "gap"), end).verdict).toBe("unknown"));
});
