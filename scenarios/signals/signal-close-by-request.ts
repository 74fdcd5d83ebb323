/**
 * Report B, F1: in get_signals, get_stats and ping alike a close with 1000 means disconnected. So does one whose TCP connection
 * the server never ends (the socket of the log that was ESTABLISHED all night), and a feed that is down for ten minutes is
 * dialled ever less often.
 */

import { minutes, seconds } from "../../core/units.ts";
import { backsOff } from "../../harness/checks/connections/backs-off.ts";
import { reconnects } from "../../harness/checks/connections/reconnects.ts";
import { ordersOnce } from "../../harness/checks/signals/orders-once.ts";
import { tradesEveryWave } from "../../harness/checks/signals/trades-every-wave.ts";
import down from "../../harness/faults/network/down.ts";
import signal from "../../harness/faults/server/signal.ts";
import closeOnRequest from "../../harness/faults/server/signal-close-on-request.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { nextWaveTraded } from "../../harness/moments.ts";

const on = (id: string, closing: Fault, lasting: number): Trial =>
  trial(
    id,
    async ({ settled, back, fault, until, wait }) => {
      await settled("signal");
      await fault(closing, () => wait(lasting));
      await back({ within: seconds(30) });
      await until(nextWaveTraded, { orAfter: minutes(31) });
      await wait(minutes(6));
    },
    [reconnects({ within: seconds(30) })],
  );

const onRequest = (request: "get_signals" | "get_stats" | "ping"): Trial =>
  on(request, closeOnRequest({ code: 1000, request }), minutes(16));
const leftOpen = signal({
  ...{ match: { on: "idle", idleMs: 0 }, times: 1 },
  action: { do: "close", code: 1000, leavesTcp: true },
});

export default scenario({
  id: "signal-close-by-request",
  report: "B",
  title: "The signal server closes with 1000 on one kind of request, leaves TCP open, is down for ten minutes",
  roles: ["signals", "trading"],
  clock: {
    start: "2025-10-22T03:03:00+04:00",
    end: "2025-10-22T08:00:00+04:00",
    timezone: "Asia/Dubai",
  },

  trials: [
    onRequest("get_signals"),
    onRequest("get_stats"),
    onRequest("ping"),
    on("tcp-left-open", leftOpen, minutes(1)),
    trial(
      "down-10-min",
      async ({ settled, back, fault, until, wait }) => {
        await settled("signal");
        await fault(down({ endpoint: "signal" }), () => wait(minutes(10)));
        await back({ within: seconds(30) });
        await until(nextWaveTraded, { orAfter: minutes(31) });
        await wait(minutes(6));
      },
      [backsOff({ to: seconds(15), jitter: 5, endpoint: "signal" })],
    ),
  ],

  expect: [tradesEveryWave({ missedPerFault: 1 }), ordersOnce()],
  provenBy: {
    "broken/reconnects-from-get-signals-only": { trial: "ping", check: "reconnects" },
    "broken/ignores-normal-closure": { trial: "tcp-left-open", check: "reconnects" },
    "broken/redials-feed-at-once": { trial: "down-10-min", check: "backs-off" },
  },
});
