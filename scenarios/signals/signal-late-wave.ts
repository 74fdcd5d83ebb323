/**
 * A wave appears one, three or six minutes after its check, in parts, its signals twice in each message, or newest first. Each
 * signal is traded once, as soon as it is there; meanwhile the server is asked every two seconds at most.
 */

import { minutes, seconds } from "../../core/units.ts";
import { actsOnSignals } from "../../harness/checks/signals/acts-on-signals.ts";
import { asksSparingly } from "../../harness/checks/signals/asks-sparingly.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import signal from "../../harness/faults/server/signal.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";
import type { Fault } from "../../harness/incident/fault.ts";

const late = (afterCheckMs: number, times?: number): Fault =>
  signal({ match: { on: "signal" }, action: { do: "hold", afterCheckMs }, ...(times === undefined ? {} : { times }) });
const repeated = signal({ match: { on: "batch" }, action: { do: "repeat" } });
const reversed = signal({ match: { on: "batch" }, action: { do: "reverse" } });

const waves = (id: string, ...faults: Fault[]): Trial =>
  trial(id, async ({ settled, fault, wait }) => {
    await settled("signal");
    // Two waves and more; and none is half late and half in time when it ends.
    const last = (): Promise<void> => wait(minutes(40));
    await faults.reduceRight((during, one) => () => fault(one, during), last)();
    await wait(minutes(25));
  });

export default scenario({
  id: "signal-late-wave",
  report: "B",
  title: "Waves appear minutes after their check, in parts, twice, out of order",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T11:00:00+04:00",
    timezone: "Asia/Dubai",
  },
  testbed: { marketStepMs: 1_000 },

  trials: [
    waves("1-min", late(minutes(1))),
    waves("3-min", late(minutes(3))),
    waves("6-min", late(minutes(6))),
    waves("in-parts", late(minutes(1), 3), late(minutes(3))),
    waves("twice", late(minutes(1)), repeated),
    waves("out-of-order", late(minutes(1)), reversed),
  ],

  expect: [actsOnSignals({ within: seconds(10) }), asksSparingly({ every: seconds(2) }), ordersOnce()],
  provenBy: { "broken/acts-twice": { trial: "twice", check: "orders-once" } },
});
