import { expect, test } from "vitest";
import { journalOf, opened, setting, type Lines } from "../../../test/support/journal.ts";
import { polling } from "../../../test/support/rest-journal.ts";
import { reusesConnections } from "./reuses-connections.ts";

const judge = (...lines: Lines[]) => reusesConnections({ atLeast: 20 }).judge(journalOf(...lines), setting);
const hundred = polling("/v5/market/tickers?symbol=BTCUSDT", "22:00", 5, 100);
const connections = (times: number) =>
  Array.from({ length: times }, (_, n) => opened("22:00", `rest-${n + 1}`, "exchange-rest"));

test("twenty requests for each connection pass", () => {
  expect(judge(hundred, connections(5))).toMatchObject({
    verdict: "pass",
    measured: 20,
    message:
      "reference makes at least 20 requests over each connection that it opens: it made 100 requests over 5 connections, 20 each, the first at 22 Oct 02:00:00 UTC+4.",
  });
});

test("a connection per request fails; the message says how many there were, and since when", () => {
  const seen = judge(hundred, connections(100));
  expect(seen).toMatchObject({ verdict: "fail", measured: 1, target: 20, unit: "requests/connection" });
  expect(seen.message).toContain(
    "Expected reference to make at least 20 requests over each connection that it opens; it made 100 requests over 100 connections, 1 each, the first at 22 Oct 02:00:00 UTC+4.",
  );
  expect(seen.excuse?.latenessMs).toBe(95_000);
});

test("connections that were reset before a request came count", () => {
  expect(judge(hundred, connections(6))).toMatchObject({ verdict: "fail" });
});

test("streams' connections do not count", () => {
  expect(judge(hundred, connections(5), opened("22:01", "signal-1"))).toMatchObject({ verdict: "pass" });
});

test.each([
  ["too few requests", [hundred.slice(0, 99), connections(1)]],
  ["nothing at all", []],
])("%s cannot be judged", (_what, lines) => {
  expect(judge(lines)).toMatchObject({ verdict: "unknown", measured: null });
});
