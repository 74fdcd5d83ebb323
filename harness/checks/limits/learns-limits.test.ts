import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, at, type Lines } from "../../../test/support/journal.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { learnsLimits } from "./learns-limits.ts";

const judge = (...lines: Lines[]) =>
  learnsLimits().judge(journalOf(clientStarted("22:00"), ...lines, stopped("22:10", "end-of-run")), {
    ...setting,
    compression: 10,
  });
const fees = "/v5/account/fee-rate?symbol=BTCUSDT";
const granted = (time: string) => request(time, fees, { resetAt: at(time) });
const refused = (time: string, connection = "rest-1") =>
  request(time, fees, { resetAt: at(time) + 1_000, retCode: 10006, connection });

/** Of n at once five are granted. */
const burst = (minute: number, n: number) =>
  Array.from({ length: n }, (_, nth) => (nth < 5 ? granted(`22:${minute}`) : refused(`22:${minute}`)));

test("never refused under a limit passes", () => {
  const { verdict, message } = judge(granted("22:01"), granted("22:01:01"), granted("22:01:02"));
  expect(verdict).toBe("pass");
  expect(message).toBe(
    "reference is not refused with 10006 again after the first time: never in 3 requests under a rate limit.",
  );
});

test("one burst that is refused is one time", () => {
  const { verdict } = judge(refused("22:01"), refused("22:01:00.05", "rest-2"), granted("22:01:03"));
  expect(verdict).toBe("pass");
});

test("refused again a minute later fails", () => {
  const { verdict, measured, message } = judge(
    refused("22:01"),
    granted("22:01:03"),
    refused("22:02"),
    refused("22:03"),
  );
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 2 });
  expect(message).toContain(
    "Expected reference to keep within the rate limits after the first 10006; it was refused again for GET /v5/account/fee-rate after the first time at 22 Oct 02:01:00 UTC+4, at 22 Oct 02:02:00 UTC+4, one of 2 refusals.",
  );
});

test("one too many is 200 ms too soon, ten too many are 2 s: no small lateness excuses those", () => {
  expect(judge(burst(1, 6), burst(2, 6)).excuse?.latenessMs).toBeCloseTo(200);
  expect(judge(burst(1, 6), burst(2, 6), burst(3, 15)).excuse?.latenessMs).toBeCloseTo(2_000);
});

test("of many the one is named that this machine's lateness explains least", () => {
  const late = line("22:03", "harness.slipped", { wallMs: 500, incidentMs: 5_000 });
  const { excuse } = judge(burst(1, 6), burst(2, 6), late, burst(3, 15));
  expect(excuse?.toAt).toBe(at("22:02"));
});

test("nothing under a limit was asked for: unknown", () => {
  expect(judge(request("22:01", "/v5/market/tickers")).verdict).toBe("unknown");
});
