import { expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { clientStarted, crashed, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { request, restFault } from "../../../test/support/rest-journal.ts";
import { resumesAfterBan } from "./resumes-after-ban.ts";

const judge = (...lines: Lines[]) =>
  resumesAfterBan({ within: minutes(1) }).judge(
    journalOf(clientStarted("22:00"), restFault("f1", "22:02", "22:12"), ...lines),
    setting,
  );
const end = stopped("22:20", "end-of-run");
const tickers = "/v5/market/tickers?symbol=BTCUSDT";
const banned = request("22:02:01", tickers, { status: 403, retCode: null });

test("back within the time passes", () => {
  const { verdict, measured, message } = judge(banned, request("22:12:50", tickers), end);
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 50_000 });
  expect(message).toBe(
    "reference is back within 1 min after a ban with 403: 50 s after the ban was over at 22 Oct 02:12:00 UTC+4.",
  );
});

test("back too late fails, with what lateness would explain it", () => {
  expect(judge(banned, request("22:13:30", tickers), end)).toMatchObject({
    verdict: "fail",
    measured: 90_000,
    excuse: { latenessMs: 30_000 },
  });
});

test("one that never comes back fails, and so does one that died", () => {
  expect(judge(banned, end).message).toContain(
    "Expected reference to be back within 1 min after the ban was over at 22 Oct 02:12:00 UTC+4; it did not in the 8 min that it had.",
  );
  const dead = judge(banned, crashed("22:02:02"));
  expect(dead.verdict).toBe("fail");
  expect(dead.message).toContain("it exited by itself with code 1");
});

test("an error after the ban is not being back", () => {
  expect(judge(banned, request("22:12:10", tickers, { status: 502, retCode: null }), end).verdict).toBe("fail");
});

test("never banned: not applicable; stopped too soon: unknown", () => {
  expect(judge(request("22:02:01", tickers), end).verdict).toBe("unknown");
  expect(judge(banned, stopped("22:12:30", "end-of-run")).verdict).toBe("unknown");
});
