/**
 * A slow route: what is sent arrives 1.2 s later, each way, and nothing is lost. Such a link is healthy. Whoever wants its
 * pongs within a second gives it up again and again, and whoever wants its dials answered in two never has it back.
 */

import { minutes, seconds } from "../../core/units.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import { undisturbed } from "../../harness/checks/streams/undisturbed.ts";
import latency from "../../harness/faults/network/latency.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

type Of = "public" | "private";

const slow = (of: Of) => latency({ endpoint: `exchange-${of}`, latencyMs: 1_200, direction: "both" });
const closed = (of: Of) => stream({ stream: of, match: { on: "live" }, action: { do: "close", code: 1012 } });

/** Several pings long. */
const stays = (id: string, of: Of): Trial =>
  trial(
    id,
    async ({ settled, back, wait, fault }) => {
      await settled(`exchange-${of}`);
      await fault(slow(of), () => wait(minutes(2)));
      await back({ within: seconds(30) });
    },
    [undisturbed({ endpoint: `exchange-${of}` }), oneSubscriptionEach({ endpoint: `exchange-${of}` })],
  );

/** Its streams are lost while the link is slow, and it is back over the same. */
const comesBack = (id: string, of: Of): Trial =>
  trial(
    id,
    async ({ settled, back, wait, fault }) => {
      await settled(`exchange-${of}`);
      await fault(slow(of), async () => {
        await fault(closed(of), () => back({ within: seconds(60) }));
        await wait(seconds(45));
      });
      await back({ within: seconds(30) });
    },
    [undisturbed({ endpoint: `exchange-${of}` }), oneSubscriptionEach({ endpoint: `exchange-${of}` })],
  );

export default scenario({
  id: "stream-slow-link",
  report: "E",
  title: "The way to the exchange takes 1.2 s, and the streams are healthy",
  roles: ["market-data", "private-stream"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:33:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"], marketStepMs: 1_000 },

  trials: [
    stays("public", "public"),
    comesBack("public-lost", "public"),
    stays("private", "private"),
    comesBack("private-lost", "private"),
  ],

  expect: [],
  provenBy: {
    "broken/one-second-pong": { trial: "public", check: "undisturbed" },
    "broken/two-second-dials": { trial: "public-lost", check: "back" },
  },
});
