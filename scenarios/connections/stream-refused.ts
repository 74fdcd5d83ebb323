/**
 * Dials are refused for seconds, a minute, ten minutes: by a closed port, by the gateway (502, 503), and for dialling too
 * often (429). The exchange counts 500 dials in five minutes by address, so whoever hammers is refused as a whole.
 */

import { minutes, seconds } from "../../core/units.ts";
import { backsOff } from "../../harness/checks/connections/backs-off.ts";
import { dialRate } from "../../harness/checks/connections/dial-rate.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import down from "../../harness/faults/network/down.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";
import type { Check } from "../../harness/incident/check.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { dialRefused } from "../../harness/stream-moments.ts";

const closedPort = down({ endpoint: "exchange-public" });
const dropped = stream({ stream: "public", action: { do: "close", code: 1012 } });
const refused = (status: number) => stream({ stream: "public", action: { do: "refuse-upgrade", status } });

/** Every connection is lost, a dial is refused, and so is every other for as long as that. */
const outage = (id: string, refusal: Fault, lastsMs: number, expect: readonly Check[] = []): Trial =>
  trial(
    id,
    async ({ settled, back, until, wait, fault }) => {
      const lasting = async (): Promise<void> => {
        await until(dialRefused(), { orAfter: minutes(5) });
        await wait(lastsMs);
      };
      await settled("exchange-public");
      await fault(refusal, () => (refusal === closedPort ? lasting() : fault(dropped, lasting)));
      await back({ within: minutes(1) });
      await wait(seconds(5));
    },
    expect,
  );

export default scenario({
  id: "stream-refused",
  report: "E",
  title: "Dials are refused for 5 s, 1 min and 10 min: a closed port, 502, 503, 429",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:48:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"], marketStepMs: 1_000 },

  trials: [
    outage("port-5s", closedPort, seconds(5)),
    outage("502-5s", refused(502), seconds(5)),
    outage("429-1min", refused(429), minutes(1)),
    outage("port-1min", closedPort, minutes(1)),
    outage("503-10min", refused(503), minutes(10), [backsOff({ to: seconds(10), jitter: 10 })]),
  ],

  expect: [dialRate({ atMost: 100 }), oneSubscriptionEach()],
  provenBy: {
    "broken/fixed-500ms-redial": { trial: "503-10min", check: "backs-off" },
    "broken/gives-up-after-ten": { trial: "503-10min", check: "back" },
  },
});
