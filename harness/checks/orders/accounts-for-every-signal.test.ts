import { expect, test } from "vitest";
import {
  authenticated,
  clientStarted,
  journalOf,
  orderFor,
  setting,
  signal,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { sent } from "../../../test/support/order-journal.ts";
import { accountsForEverySignal } from "./accounts-for-every-signal.ts";

const began = [clientStarted("22:00"), authenticated("22:00:01", "signal-1")];
const judge = (...lines: Lines[]) =>
  accountsForEverySignal().judge(journalOf(began, ...lines, stopped("22:55", "end-of-run")), setting);
const wave = [signal("22:15"), signal("22:15", "ETHUSDT"), signal("22:15", "SOLUSDT", { exchange: "binance" })];
const first = orderFor("22:35:01", "22:15");
const refused = (retCode: number) => sent("22:35:02", "22:15", "ETHUSDT", { retCode, retMsg: "no" });

test("an order for each signal that is for this client passes", () => {
  expect(judge(wave, first, orderFor("22:35:02", "22:15", "ETHUSDT"))).toMatchObject({ verdict: "pass", measured: 0 });
});

test.each([110007, 110094, 10001])("a refusal for good (%i) accounts for a signal", (retCode) => {
  const seen = judge(wave, first, refused(retCode));
  expect(seen).toMatchObject({ verdict: "pass", measured: 0 });
  expect(seen.message).toContain("it placed 1, and 1 were refused for good");
});

test.each([10006, 10016, 10019])("a refusal for the moment (%i) does not", (retCode) => {
  const seen = judge(wave, first, refused(retCode));
  expect(seen).toMatchObject({ verdict: "fail", measured: 1, target: 0, unit: "signals" });
  expect(seen.message).toContain(`it left 1 (Buy ETHUSDT); the last answer to one was ${retCode} no`);
});

test("an order that was never sent is left, and so is one of the day before's refusal", () => {
  expect(judge(wave, first).message).toContain("it never sent them");
  const early = sent("22:20:00", "22:15", "ETHUSDT", { retCode: 110007 });
  expect(judge(wave, first, early)).toMatchObject({ verdict: "fail" });
});

test("without a wave nothing is judged", () => {
  expect(judge()).toMatchObject({ verdict: "unknown" });
});
