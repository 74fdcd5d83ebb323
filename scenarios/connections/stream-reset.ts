/**
 * Streams end without a word: FIN with nothing sent, a reset in the middle of a frame, a reset between a subscription
 * and its answer, a reset of everything at once; and the private stream between auth and its ack, by a reset and by FIN.
 */

import { seconds } from "../../core/units.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { redials } from "../../harness/checks/connections/redials.ts";
import { resubscribes } from "../../harness/checks/streams/resubscribes.ts";
import reset from "../../harness/faults/network/reset.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

/** One of its connections, whichever. */
const fin = (of: "public" | "private") =>
  stream({ stream: of, match: { on: "live" }, action: { do: "fin" }, times: 1 });
const beforeAnswer = (of: "public" | "private", op: string, end: string) =>
  stream({ stream: of, match: { on: "request", op }, action: { do: end }, times: 1 });

const lost = (id: string, ends: Fault, first?: Fault): Trial =>
  trial(
    id,
    async ({ settled, back, fault }) => {
      const isBack = () => back({ within: seconds(30) });
      await settled("exchange-public");
      await fault(ends, () => (first === undefined ? isBack() : fault(first, isBack)));
    },
    [redials({ within: seconds(6) }), resubscribes({ within: seconds(10) }), oneSubscriptionEach()],
  );

const privateLost = (id: string, end: string): Trial =>
  trial(
    id,
    async ({ settled, back, fault }) => {
      await settled("exchange-private");
      await fault(beforeAnswer("private", "auth", end), () =>
        fault(fin("private"), () => back({ within: seconds(30) })),
      );
    },
    [
      redials({ within: seconds(6), endpoint: "exchange-private" }),
      resubscribes({ within: seconds(10), endpoint: "exchange-private" }),
    ],
  );

export default scenario({
  id: "stream-reset",
  report: "E",
  title: "Streams are reset or cut without a close frame: idle, within a frame, before an answer, before an ack",
  roles: ["market-data", "private-stream"],
  clock: {
    start: "2025-10-29T08:07:45Z",
    end: "2025-10-29T08:08:45Z",
    timezone: "UTC",
  },
  testbed: {
    symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"],
    marketStepMs: 1_000,
    armReset: ["exchange-public", "exchange-private"],
  },

  trials: [
    lost("fin", fin("public")),
    lost(
      "within-frame",
      stream({ stream: "public", match: { on: "topic" }, action: { do: "mid-frame-reset" }, times: 1 }),
    ),
    lost("before-answer", beforeAnswer("public", "subscribe", "reset"), fin("public")),
    lost("all", reset({ endpoint: "exchange-public" })),
    privateLost("private-reset-before-ack", "reset"),
    privateLost("private-fin-before-ack", "fin"),
  ],

  expect: [],
  provenBy: { "broken/dies-on-socket-error": { trial: "all", check: "redials" } },
});
