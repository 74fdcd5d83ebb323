import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { placed } from "../../../test/support/journal-private.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { learnsTickSize } from "./learns-tick-size.ts";

const judge = (...lines: Lines[]) =>
  learnsTickSize().judge(journalOf(clientStarted("22:00"), ...lines, stopped("22:30", "end-of-run")), setting);
const changed = line("22:05", "exchange.tick-size", { category: "linear", symbol: "BTCUSDT", tickSize: "1.00" });
const refused = (
  time: string,
  { symbol = "BTCUSDT", retCode = 10001, retMsg = "params error: price invalid" } = {},
) => {
  const payload = JSON.stringify({ category: "linear", symbol, side: "Buy", orderLinkId: time });
  return request(time, "/v5/order/create", { method: "POST", payload, retCode, retMsg, tookMs: 100 });
};

test("refused once and then placed passes; refused again fails", () => {
  expect(judge(changed, refused("22:06"), placed("22:06:02", "a"))).toMatchObject({ verdict: "pass", measured: 0 });
  const seen = judge(changed, refused("22:06"), refused("22:06:02"), refused("22:06:04"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 2 });
  expect(seen.message).toContain("sent another order for BTCUSDT that was refused: 10001 params error: price invalid");
});

test("orders that were on their way together are one", () => {
  expect(judge(changed, refused("22:06"), refused("22:06"), placed("22:06:02", "a"))).toMatchObject({
    verdict: "pass",
  });
});

test("other refusals, other contracts and those from before the change do not count", () => {
  const others = [
    refused("22:04"),
    refused("22:06", { symbol: "ETHUSDT" }),
    refused("22:06:01", { symbol: "ETHUSDT" }),
    refused("22:06:02", { retMsg: "Qty invalid" }),
    refused("22:06:03"),
    placed("22:07", "a"),
  ];
  expect(judge(changed, others)).toMatchObject({ verdict: "pass" });
});

test("no change, or no order after it: unknown", () => {
  expect(judge(placed("22:06", "a")).verdict).toBe("unknown");
  expect(judge(changed).verdict).toBe("unknown");
});
