import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { every, request, restFault } from "../../../test/support/rest-journal.ts";
import { otherEndpointsGoOn } from "./other-endpoints-go-on.ts";

const judge = (...lines: Lines[]) =>
  otherEndpointsGoOn().judge(
    journalOf(clientStarted("22:00"), ...lines, restFault("f1", "22:02", "22:03"), stopped("22:05", "end-of-run")),
    setting,
  );
const tickers = "/v5/market/tickers?symbol=BTCUSDT";
const books = "/v5/market/orderbook?symbol=BTCUSDT";
const refused = [every(5, "22:01", "22:01:55", tickers), every(5, "22:02", "22:02:55", tickers, { retCode: 10006 })];

test("what is asked on at its pace passes", () => {
  const { verdict, measured, message } = judge(refused, every(10, "22:01", "22:03", books));
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 1 });
  expect(message).toBe(
    "reference polls everything else on while one endpoint answers 10006: GET /v5/market/orderbook BTCUSDT paused for 10 s from 22 Oct 02:02:00 UTC+4, usual were 10 s.",
  );
});

test("nothing at all asked elsewhere fails: silence is no going on", () => {
  const { verdict, measured, message } = judge(
    refused,
    every(10, "22:01", "22:01:50", books),
    every(10, "22:03:10", "22:04", books),
  );
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 6 });
  expect(message).toContain(
    "Expected reference to poll everything else on while an endpoint answers 10006; GET /v5/market/orderbook BTCUSDT paused for 1 min from 22 Oct 02:02:00 UTC+4, usual were 10 s.",
  );
});

test("a pause of three periods in the middle fails; how late the machine had to be is reported", () => {
  const { verdict, excuse } = judge(
    refused,
    every(10, "22:01", "22:02:20", books),
    every(10, "22:02:50", "22:04", books),
  );
  expect(verdict).toBe("fail");
  expect(excuse?.latenessMs).toBe(10_000);
});

test("nothing else was polled before: unknown", () => {
  expect(judge(refused).verdict).toBe("unknown");
  expect(judge(refused, request("22:01:30", books)).verdict).toBe("unknown");
});

test("the fault was shorter than the others' pace: unknown", () => {
  expect(judge(refused, every(40, "22:00:20", "22:04", books)).verdict).toBe("unknown");
});

test("nobody was refused: unknown", () => {
  expect(judge(every(5, "22:01", "22:04", tickers), every(10, "22:01", "22:04", books)).verdict).toBe("unknown");
});
