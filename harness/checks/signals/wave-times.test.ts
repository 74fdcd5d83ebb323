/** How fast signals and waves become orders: the four checks that share `evidence/signal-orders.ts`. */

import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import {
  authenticated,
  clientStarted,
  journalOf,
  opened,
  orderFor,
  setting,
  signal,
  stopped,
  type Line,
  type Lines,
} from "../../../test/support/journal.ts";
import type { Check } from "../../incident/check.ts";
import { actsOnSignals } from "./acts-on-signals.ts";
import { completesWaves } from "./completes-waves.ts";
import { processesWaves } from "./processes-waves.ts";
import { signalToOrder } from "./signal-to-order.ts";

const start = [clientStarted("22:10"), opened("22:10:01", "signal-1"), authenticated("22:10:01", "signal-1")];
const judge = (check: Check, ...lines: Lines[]) =>
  check.judge(journalOf(start, lines, stopped("23:20", "end-of-run")), setting);
/** Due at 22:35. */
const wave = [signal("22:15"), signal("22:15", "ETHUSDT")];
const late = (line: Line, byMinutes: number): Line => ({ ...line, at: line.at + byMinutes * 60_000 });
const orders = (first: string, second: string): Line[] => [
  orderFor(first, "22:15"),
  orderFor(second, "22:15", "ETHUSDT"),
];

describe("acts-on-signals", () => {
  const check = actsOnSignals({ within: seconds(10) });
  test("on the grid it counts from the check", () =>
    expect(judge(check, wave, orders("22:35:02", "22:35:03"))).toMatchObject({ verdict: "pass", measured: 3_000 }));
  test("for one that trades at once, from the signal", () =>
    expect(judge(check, wave, orders("22:31:02", "22:31:04"))).toMatchObject({ verdict: "pass", measured: 4_000 }));
  test("a late signal counts from where it appeared", () => {
    const lines = [signal("22:15"), late(signal("22:15", "ETHUSDT"), 7), orders("22:35:02", "22:38:20")];
    expect(judge(check, lines)).toMatchObject({ verdict: "fail", measured: 20_000 });
  });
  test("one that is never traded fails", () =>
    expect(judge(check, wave, orderFor("22:35:02", "22:15"))).toMatchObject({ verdict: "fail", measured: null }));
  test("without a wave nothing is known", () => expect(judge(check).verdict).toBe("unknown"));
});

describe("signal-to-order", () => {
  const check = signalToOrder({ p99: seconds(1) });
  test("in time", () =>
    expect(judge(check, wave, orders("22:35:00.2", "22:35:00.9"))).toMatchObject({ verdict: "pass", measured: 900 }));
  test("too late", () =>
    expect(judge(check, wave, orders("22:35:00.2", "22:35:02"))).toMatchObject({ verdict: "fail" }));
  test("no order", () => expect(judge(check, wave).verdict).toBe("unknown"));
});

describe("processes-waves", () => {
  const check = processesWaves({ within: 4_430 });
  test("the last order counts", () =>
    expect(judge(check, wave, orders("22:35:01", "22:35:04"))).toMatchObject({ verdict: "pass", measured: 4_000 }));
  test("too late", () => expect(judge(check, wave, orders("22:35:01", "22:35:05")).verdict).toBe("fail"));
  test("a signal without an order", () =>
    expect(judge(check, wave, orderFor("22:35:02", "22:15"))).toMatchObject({ verdict: "fail", measured: null }));
});

test("completes-waves: an order that nobody answered is not done", () => {
  const seen = judge(completesWaves({ within: seconds(8) }), wave, orders("22:35:01", "22:35:04"));
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
});
