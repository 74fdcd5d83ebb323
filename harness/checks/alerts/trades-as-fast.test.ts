import { expect, test } from "vitest";
import { webhookFault } from "../../../test/support/alert-journal.ts";
import {
  authenticated,
  clientStarted,
  journalOf,
  opened,
  orderFor,
  setting,
  signal,
  stopped,
  type Lines,
} from "../../../test/support/journal.ts";
import { tradesAsFast } from "./trades-as-fast.ts";

const start = [clientStarted("22:10"), opened("22:10:01", "signal-1"), authenticated("22:10:01", "signal-1")];
/** Waves of 22:15 and 22:30 UTC, checked at 22:35 and 22:50: one before the webhook fails, one while it does. */
const judge = (...lines: Lines[]) =>
  tradesAsFast().judge(journalOf(start, lines, stopped("23:00", "end-of-run")), setting);
const before = signal("22:15");
const during = signal("22:30");
const fault = webhookFault("22:40", "22:58");

test("as fast as before passes, and a wait of ten seconds fails with both figures", () => {
  expect(
    judge(before, orderFor("22:35:00.040", "22:15"), fault, during, orderFor("22:50:00.050", "22:30")),
  ).toMatchObject({ verdict: "pass", measured: 50 });
  const { verdict, message } = judge(
    ...[before, orderFor("22:35:00.040", "22:15"), fault, during, orderFor("22:50:10", "22:30")],
  );
  expect(verdict).toBe("fail");
  expect(message).toContain("was 40 ms before and 10 s while server.webhook hang lasted");
});

test("without a wave on both sides there is nothing to compare", () => {
  expect(judge(fault, during, orderFor("22:50:00.050", "22:30")).verdict).toBe("unknown");
  expect(judge(before, orderFor("22:35:00.040", "22:15")).verdict).toBe("unknown");
});
