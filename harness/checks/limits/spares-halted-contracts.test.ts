import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { request } from "../../../test/support/rest-journal.ts";
import { sparesHaltedContracts } from "./spares-halted-contracts.ts";

const judge = (...lines: Lines[]) =>
  sparesHaltedContracts({ mostPerMinute: 2 }).judge(
    journalOf(clientStarted("22:00"), ...lines, stopped("22:30", "end-of-run")),
    setting,
  );
const state = (time: string, state: "halted" | "trading", symbol = "BTCUSDT") =>
  line(time, "exchange.halt", { category: "linear", symbol, state });
const refused = (time: string, symbol = "BTCUSDT", retCode = 110074) => {
  const payload = JSON.stringify({ category: "linear", symbol, side: "Buy", orderLinkId: time });
  return request(time, "/v5/order/create", { method: "POST", payload, retCode });
};
const over = [state("22:05", "halted"), state("22:15", "trading")];

test("now and then passes, with the busiest minute; more fails", () => {
  const few = [refused("22:06"), refused("22:06:30"), refused("22:09")];
  expect(judge(over, few)).toMatchObject({ verdict: "pass", measured: 2, target: 2 });
  const seen = judge(over, few, refused("22:06:40"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 3 });
  expect(seen.message).toContain("it sent 3 orders for BTCUSDT within a minute, 4 in all while it was halted");
});

test("who sends none passes; other contracts and other refusals do not count", () => {
  expect(judge(over)).toMatchObject({ verdict: "pass", measured: 0 });
  const others = ["22:06", "22:06:10", "22:06:20"].flatMap((time) => [
    refused(time, "ETHUSDT"),
    refused(time, "BTCUSDT", 110007),
  ]);
  expect(judge(over, others)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("nothing was halted: unknown", () => expect(judge().verdict).toBe("unknown"));
