import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { polling, request } from "../../../test/support/rest-journal.ts";
import { notAbandonedEarly } from "./not-abandoned-early.ts";

const path = "/v5/market/tickers";
const judge = (...lines: Lines[]) =>
  notAbandonedEarly({ path, before: seconds(10) }).judge(journalOf(...lines), setting);
const slow = (time: string, tookMs: number) => request(time, path, { tookMs });
const abandoned = (time: string, tookMs: number, of = path) =>
  request(time, of, { tookMs, outcome: "abandoned", status: null, retCode: null });

test("slow ones that were waited for pass, and so does one given up after its time", () => {
  expect(judge(slow("22:01", 8_000), abandoned("22:02", 10_000))).toMatchObject({ verdict: "pass", measured: 0 });
});

test("one given up too soon fails; the message says after how long, and when", () => {
  const seen = judge(slow("22:01", 4_000), abandoned("22:02", 5_000));
  expect(seen).toMatchObject({
    verdict: "fail",
    measured: 1,
    target: 0,
    unit: "requests",
    excuse: { latenessMs: 4_000 },
  });
  expect(seen.message).toContain(
    "Expected reference to wait 10 s for an answer from /v5/market/tickers; it gave one up after 5 s at 22 Oct 02:02:00 UTC+4.",
  );
});

test.each([
  ["another path", abandoned("22:02", 5_000, "/v5/market/kline")],
  ["the client's own stop", [abandoned("22:02:01", 5_000), stopped("22:02")]],
])("%s does not count", (_what, lines) => {
  expect(judge(slow("22:01", 8_000), lines)).toMatchObject({ verdict: "pass" });
});

test("where nothing was slow nothing can be judged", () => {
  expect(judge(polling(path, "22:00", 5, 50))).toMatchObject({ verdict: "unknown", measured: null });
});
