import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { every, request, restFault } from "../../../test/support/rest-journal.ts";
import { pausesWhileBanned } from "./pauses-while-banned.ts";

const judge = (...lines: Lines[]) =>
  pausesWhileBanned({ perMinute: 1 }).judge(
    journalOf(clientStarted("22:00"), restFault("f1", "22:02", "22:12"), ...lines),
    { ...setting, compression: 60 },
  );
const end = stopped("22:13", "end-of-run");
const tickers = "/v5/market/tickers?symbol=BTCUSDT";
const banned = { status: 403, retCode: null };
const burst = ["22:02:00", "22:02:01", "22:02:04"].map((time) => request(time, tickers, banned));

test("one request a minute passes; what was on its way with the first is not counted", () => {
  const { verdict, measured, message } = judge(burst, every(60, "22:03", "22:11", tickers, banned), end);
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 1 });
  expect(message).toBe(
    "reference sends at most 1 request a minute while it is banned with 403: it sent 9 requests in the 10 min after the 403 of 22 Oct 02:02:00 UTC+4, 1 of them in the minute from 22 Oct 02:03:00 UTC+4.",
  );
});

test("no request at all passes", () => {
  expect(judge(burst, end)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("polling on fails, with the count and where to look", () => {
  const { verdict, measured, message, excuse } = judge(burst, every(5, "22:02:30", "22:11:55", tickers, banned), end);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 12 });
  expect(message).toContain(
    "Expected reference to send at most 1 request a minute while it is banned with 403; it sent 114 requests in the 10 min after the 403 of 22 Oct 02:02:00 UTC+4, 12 of them in the minute from 22 Oct 02:02:30 UTC+4, and it failed so 113 of 114 times.",
  );
  // Nothing but ten minutes of lateness would explain it.
  expect(excuse?.latenessMs).toBeGreaterThan(500_000);
});

test("two requests within half a minute fail, whatever the average", () => {
  expect(judge(burst, request("22:06", tickers, banned), request("22:06:30", tickers, banned), end).verdict).toBe(
    "fail",
  );
});

test("never banned: not applicable; hardly banned: unknown", () => {
  expect(judge(every(5, "22:02", "22:11", tickers), end).verdict).toBe("unknown");
  expect(judge(burst, stopped("22:02:40", "end-of-run")).verdict).toBe("unknown");
});
