import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import {
  at,
  clientStarted,
  journalOf,
  line,
  setting as night,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { cancelled, executed, gap, ledger, placed } from "../../../test/support/journal-private.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { ledgerEquals } from "./ledger-equals.ts";

const setting = { ...night, compression: 30 };
const judge = (...lines: Lines[]) => ledgerEquals({ within: seconds(30) }).judge(journalOf(...lines), setting);
const before = [
  clientStarted("22:00"),
  placed("22:01", "a"),
  placed("22:01", "b"),
  ledger("22:01:01", ["a", "b"], 0, 0),
];
/** `a` is filled in part and cancelled, `b` is filled. */
const missed = [executed("22:05:03", "a", "0.5"), executed("22:05:04", "b", "2"), cancelled("22:05:10", "a")];
const down = [gap("22:05:00", "22:05:20"), missed];
const end = stopped("22:10", "end-of-run");

test("a ledger that found out passes, with the time it took", () => {
  expect(judge(before, down, ledger("22:05:26", [], 2, 2.5), end)).toMatchObject({
    verdict: "pass",
    measured: 6_000,
    message:
      "reference has a ledger equal to the exchange's within 30 s of a gap of its private stream, and at the end: 6 s after network.down was over, with 3 changes that it had missed, at 22 Oct 02:05:20 UTC+4.",
  });
});

test.each([
  ["orders that are gone", ledger("22:05:26", ["a", "b"], 2, 2.5), "it had 2 open orders, the exchange 0"],
  ["an execution counted twice", ledger("22:05:26", [], 3, 2.5), "it had counted 3 executions, the exchange 2"],
  ["a wrong sum", ledger("22:05:26", [], 2, 2), "its net were {BTCUSDT: 2}, the exchange's {BTCUSDT: 2.5}"],
])("%s fails", (_, reported, text) => {
  const { verdict, measured, message } = judge(before, down, reported, end);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: null });
  expect(message).toContain(text);
});

test("too late fails with its excuse; right once and wrong for good fails", () => {
  expect(judge(before, down, ledger("22:06:00", [], 2, 2.5), end)).toMatchObject({
    verdict: "fail",
    measured: 40_000,
    excuse: { latenessMs: 10_000 },
  });
  expect(judge(before, down, ledger("22:05:26", [], 2, 2.5), ledger("22:06:00", [], 4, 5), end)).toMatchObject({
    ...{ verdict: "fail", excuse: { toAt: at("22:06:00"), latenessMs: 3_000 } },
  });
});

test("news that are on their way are no difference", () => {
  const later = [ledger("22:05:26", [], 2, 2.5), placed("22:07:00", "c"), ledger("22:07:01", [], 2, 2.5)];
  expect(judge(before, down, later, end).verdict).toBe("pass");
  expect(judge(before, down, later, ledger("22:07:30", [], 2, 2.5), end).verdict).toBe("fail");
});

test("nothing reported after the gap fails", () => {
  expect(judge(before, down, end).message).toContain(
    "Expected reference to have the exchange's ledger within 30 s after network.down was over, with 3 changes that it had missed, at 22 Oct 02:05:20 UTC+4; it reported none after that.",
  );
});

test("without a gap in which something changed, the ledger of the end is judged", () => {
  const quiet = gap("22:05:00", "22:05:20");
  expect(judge(before, quiet, end)).toMatchObject({ verdict: "pass" });
  expect(judge(before, executed("22:09:58", "a", "2"), ledger("22:09:59", ["b"], 1, 2), end)).toMatchObject({
    verdict: "pass",
    message: expect.stringContaining("after 2 changes of its account") as string,
  });
  const wrong = judge(before, executed("22:09", "a", "2"), ledger("22:09:01", ["a", "b"], 1, 2), end);
  expect(wrong).toMatchObject({ verdict: "fail", measured: null });
  expect(wrong.message).toContain("it had 2 open orders, the exchange 1 or others");
});

test("a change that it had the time to report and did not is missing in the end", () => {
  const silent = judge(before, executed("22:08", "a", "2"), end);
  expect(silent.verdict).toBe("fail");
  expect(silent.message).toContain("the last that it reported, at 22 Oct 02:01:01 UTC+4, was another");
  expect(judge(before, executed("22:09:50", "a", "2"), end).verdict).toBe("pass");
});

test("of a trial, from what stood at its start", () => {
  const account = { left: { a: 2, b: 1 }, executions: 3, net: { BTCUSDT: 5 } };
  const begun = line("22:00:10", "trial.started", { trial: "one", account });
  const filled = executed("22:02", "b", "1");
  expect(judge(clientStarted("22:00"), begun, filled, ledger("22:02:01", ["a"], 4, 6), end).verdict).toBe("pass");
  expect(judge(clientStarted("22:00"), begun, filled, ledger("22:02:01", [], 1, 1), end).verdict).toBe("fail");
});

describe("a client that reports no ledger, by what it cancels and amends later", () => {
  const account = [clientStarted("22:00"), placed("22:01", "a"), placed("22:01", "b")];
  const cancel = (time: string, orderId: string, retCode = 0) =>
    request(time, "/v5/order/cancel", { method: "POST", payload: JSON.stringify({ orderId }), retCode });

  test("an order that had ended long before fails, one that is there or has just ended passes", () => {
    const stale = judge(account, down, cancel("22:07", "a", 110001), end);
    expect(stale).toMatchObject({ verdict: "fail" });
    expect(stale.message).toContain("after it asked to cancel link-a");
    expect(stale.message).toContain("it had been cancelled at 22 Oct 02:05:10 UTC+4");
    expect(judge(account, down, cancel("22:05:30", "a", 110001), cancel("22:07", "c"), end).verdict).toBe("pass");
    const justNow = [placed("22:06", "c"), executed("22:07", "c", "2"), cancel("22:07:01", "c", 110001)];
    expect(judge(account, down, justNow, end).verdict).toBe("pass");
  });
});

test("no time to find out: unknown; no telemetry and no cancel: not applicable; nothing in the account: unknown", () => {
  expect(judge(before, down, ledger("22:05:26", ["a"], 0, 0), stopped("22:05:30")).verdict).toBe("unknown");
  expect(judge(before, down, ledger("22:05:26", [], 2, 2.5), stopped("22:05:30")).verdict).toBe("pass");
  expect(judge(clientStarted("22:00"), down, end).verdict).toBe("not-applicable");
  expect(judge(clientStarted("22:00"), ledger("22:01", [], 0, 0), end).verdict).toBe("unknown");
});
