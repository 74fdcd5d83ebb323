import { expect, test } from "vitest";
import { journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { polling, request } from "../../../test/support/rest-journal.ts";
import { noRequestLost } from "./no-request-lost.ts";

const judge = (...lines: Lines[]) => noRequestLost().judge(journalOf(...lines), setting);
const ticker = "/v5/market/tickers?symbol=BTCUSDT";
const rhythm = polling(ticker, "22:00", 5, 10);

test("an answer to each poll passes, also to one that came late", () => {
  expect(judge(rhythm, request("22:00:54", ticker), stopped("22:00:57"))).toMatchObject({
    verdict: "pass",
    measured: 0,
    message: "reference has an answer to each poll before the next one is due: to each of 11 polls.",
  });
});

test("polls that were never answered are counted, whether the exchange saw them or not", () => {
  const seen = judge(rhythm, request("22:01", ticker), stopped("22:01:02"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 2, target: 0, unit: "requests", evidence: [{ line: 10 }] });
  expect(seen.message).toContain(
    "Expected reference to have an answer to each poll before the next one is due; it polled GET /v5/market/tickers BTCUSDT every 5 s and had no answer for 15 s at 22 Oct 02:00:45 UTC+4, one of 2 requests.",
  );
});

test("without a pace nothing can be judged", () => {
  expect(judge(rhythm.slice(0, 3))).toMatchObject({ verdict: "unknown", measured: null });
});
