import { describe, expect, test } from "vitest";
import { seconds } from "../../core/units.ts";
import { state, told, topicHit } from "../../test/support/book-journal.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../test/support/journal.ts";
import { booksEqual } from "./books-equal.ts";

const judge = (...lines: Lines[]) => booksEqual({ within: seconds(10) }).judge(journalOf(...lines), setting);
const states = [state("22:00:05", 1), state("22:00:10", 2), state("22:01:03", 3), state("22:01:20", 4)];
const up = [clientStarted("22:00"), states, told("22:00:10", 2)];
const gap = topicHit("22:01", "gap");
const end = stopped("22:10", "end-of-run");
const wrong = { checksum: 0 };

test("a book that is right soon after passes, with how many were compared", () => {
  expect(judge(up, gap, told("22:01:04", 3), told("22:01:20", 4), end)).toMatchObject({
    verdict: "pass",
    measured: 4_000,
    message: "reference had the exchange's books again after each of 1 fault, at the latest after 4 s; 3 books of its were compared and equal.", // prettier-ignore
  });
});

test("one that is unsynced meanwhile is not wrong", () => {
  expect(judge(up, gap, told("22:01:01", 2, { synced: false }), told("22:01:04", 3), end).verdict).toBe("pass");
});

test("one that stays wrong fails, and says until when it was", () => {
  const seen = judge(up, gap, told("22:01:04", 3, wrong), told("22:01:20", 4, wrong), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "again within 10 s of a gap at 22 Oct 02:01:00 UTC+4; it had a wrong one until 22 Oct 02:01:20 UTC+4, 20 s later.",
  );
});

test("right at first and wrong later is wrong", () => {
  expect(judge(up, gap, told("22:01:04", 3), told("22:01:20", 4, wrong), end).verdict).toBe("fail");
});

test("no book at all afterwards fails", () => {
  expect(judge(up, gap, told("22:01:01", 2, { synced: false }), end).message).toContain("it had none in the 9 min");
});

test("wrong before any fault fails", () => {
  expect(judge(clientStarted("22:00"), states, told("22:00:10", 2, wrong), gap, end)).toMatchObject({
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
