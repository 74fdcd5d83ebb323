import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { polling } from "../../../test/support/rest-journal.ts";
import { dataAge } from "./data-age.ts";

const path = "/v5/market/tickers";
const judge = (...lines: Lines[]) => dataAge({ path, atMost: seconds(20) }).judge(journalOf(...lines), setting);
const ticker = polling(`${path}?symbol=BTCUSDT`, "22:00", 10, 6);

test("data that is replaced in time passes, with the greatest age", () => {
  expect(judge(ticker, stopped("22:01:05"))).toMatchObject({ verdict: "pass", measured: 15_000, target: 20_000 });
});

test("data that grows too old fails; the message says whose, since when, and how old", () => {
  const seen = judge(ticker, polling(`${path}?symbol=BTCUSDT`, "22:01:20", 10, 3));
  expect(seen).toMatchObject({
    verdict: "fail",
    measured: 30_000,
    evidence: [{ line: 6 }],
    excuse: { latenessMs: 10_000 },
  });
  expect(seen.message).toBe(
    "Expected reference to have no data of /v5/market/tickers older than 20 s; its answer to GET /v5/market/tickers " +
      "BTCUSDT of 22 Oct 02:00:50 UTC+4 was the newest for 30 s. See journal.ndjson:6.",
  );
});

test("another path's data may be older", () => {
  expect(judge(ticker, polling("/v5/market/kline", "22:00", 40, 5), stopped("22:00:55"))).toMatchObject({
    verdict: "pass",
  });
});

test("without data nothing can be judged", () => {
  expect(judge(ticker.slice(0, 2))).toMatchObject({ verdict: "unknown", measured: null });
});
