import { expect, test } from "vitest";
import { at, clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { waitsForReset } from "./waits-for-reset.ts";

/** At x10 what was on its way has 200 ms. */
const judge = (...lines: Lines[]) =>
  waitsForReset().judge(journalOf(clientStarted("22:00"), ...lines, stopped("22:30", "end-of-run")), {
    ...setting,
    compression: 10,
  });
const tickers = "/v5/market/tickers?symbol=BTCUSDT";
const refused = (time: string, resetAt?: string) =>
  request(time, tickers, { retCode: 10006, resetAt: resetAt === undefined ? null : at(resetAt) });

test("nothing before a reset, nor for a second where none is named or it is past", () => {
  const { verdict, measured, message } = judge(
    refused("22:05:00", "22:05:08"),
    request("22:05:08.01", tickers),
    refused("22:06:00"),
    request("22:06:01", tickers),
    refused("22:07:00", "22:06:59"),
    request("22:07:01.2", tickers),
  );
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 0 });
  expect(message).toBe(
    "reference sends nothing to an endpoint that answered 10006 before its reset (default 1 s): after 3 refusals with 10006 (1 named a reset, 1 named no reset, 1 named a reset that was past).",
  );
});

test("a request before the reset fails, and the message says how long there was to wait", () => {
  const { verdict, measured, message, excuse } = judge(
    refused("22:05:00", "22:05:08"),
    request("22:05:01", tickers),
    request("22:05:05", tickers),
  );
  expect({ verdict, measured, excuse: excuse?.latenessMs }).toEqual({ verdict: "fail", measured: 2, excuse: 4_800 });
  expect(message).toContain(
    "Expected reference to send nothing to an endpoint that answered 10006 before its reset; it asked /v5/market/tickers 1 s after the 10006 of 22 Oct 02:05:00 UTC+4, which named a reset: it had to wait 8 s, and came at 22 Oct 02:05:01 UTC+4, one of 2 requests.",
  );
});

test.each([
  ["no reset", undefined],
  ["a reset that was past", "22:04:59"],
])("a reply that names %s closes for a second", (named, resetAt) => {
  const { verdict, message } = judge(refused("22:05:00", resetAt), request("22:05:00.5", tickers));
  expect(verdict).toBe("fail");
  expect(message).toContain(`named ${named}: it had to wait 1 s`);
});

test("what was on its way is not counted, nor what goes to another endpoint", () => {
  const { verdict } = judge(
    refused("22:05:00", "22:05:08"),
    request("22:05:00.1", tickers),
    request("22:05:02", "/v5/market/kline?symbol=BTCUSDT"),
  );
  expect(verdict).toBe("pass");
});

test("the end of a burst that the exchange reads late is not counted; what is sent after a reply is", () => {
  const burst = [
    refused("22:05:00", "22:05:08"),
    request("22:05:02", "/v5/market/kline", { connection: "rest-2" }),
    request("22:05:03", tickers, { connection: "rest-3" }),
    request("22:05:04", "/v5/market/kline", { connection: "rest-2" }),
  ];
  expect(judge(burst).verdict).toBe("pass");
  expect(judge(burst, request("22:05:05", tickers, { connection: "rest-4" }))).toMatchObject({
    verdict: "fail",
    measured: 1,
  });
});

test("a client that never uses a connection again is held to time alone", () => {
  expect(judge(refused("22:05:00", "22:05:08"), request("22:05:03", tickers, { connection: "rest-3" })).verdict).toBe(
    "fail",
  );
});

test("never refused: not applicable", () => {
  expect(judge(request("22:05:00", tickers)).verdict).toBe("unknown");
});

test("stopped before the reset: unknown", () => {
  expect(judge(refused("22:29:50", "22:31:00")).verdict).toBe("unknown");
});

test("at a speed at which a second is too short to see anything: unknown", () => {
  const journal = journalOf(clientStarted("22:00"), refused("22:05:00"), stopped("22:30", "end-of-run"));
  expect(waitsForReset().judge(journal, { ...setting, compression: 60 }).verdict).toBe("unknown");
});
