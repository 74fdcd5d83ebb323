/**
 * Dials are refused for seconds, a minute, ten minutes: by a closed port, by the gateway (502, 503), and for dialling too
 * often (429). The exchange counts 500 dials in five minutes by address, so whoever hammers is refused as a whole.
 */

import { minutes, seconds } from "../../core/units.ts";
import { backsOff } from "../../harness/checks/backs-off.ts";
import { comesBack } from "../../harness/checks/comes-back.ts";
import { dialRate } from "../../harness/checks/dial-rate.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import down from "../../harness/faults/network/down.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { dialRefused, topicsBack, topicsLive } from "../../harness/stream-moments.ts";

const closedPort = down({ endpoint: "exchange-public" });
const dropped = stream({ stream: "public", action: { do: "close", code: 1012 } });
const refused = (status: number) => stream({ stream: "public", action: { do: "refuse-upgrade", status } });

export default scenario({
  id: "stream-refused",
  report: "E",
  title: "Dials are refused for 5 s, 1 min and 10 min: a closed port, 502, 503, 429",
  roles: ["market-data"],
  clock: {
    start: "2025-10-29T08:28:00Z",
    end: "2025-10-29T08:48:00Z",
    compression: 130,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"] },

  async play({ client, until, wait, fault }) {
    await client.start();
    /** A dial is refused, and so is every other for as long as that. */
    const lasting = async (durationMs: number): Promise<void> => {
      await until(dialRefused(), { orAfter: minutes(1) });
      await wait(durationMs);
    };
    /** Back, and for so long that the next loss is a new one. */
    const stable = async (): Promise<void> => {
      await until(topicsLive(5), { orAfter: minutes(2) });
      await wait(seconds(40));
      await until(topicsLive(5), { orAfter: minutes(1) });
    };
    await until(topicsLive(5));
    await fault(closedPort, () => lasting(seconds(5)));
    await stable();
    await fault(refused(502), () => fault(dropped, () => lasting(seconds(5))));
    await stable();
    await fault(refused(429), () => fault(dropped, () => lasting(minutes(1))));
    await stable();
    await fault(closedPort, () => lasting(minutes(1)));
    await stable();
    await fault(refused(503), () => fault(dropped, () => lasting(minutes(10))));
    await until(topicsBack(5), { orAfter: minutes(2) });
    await wait(seconds(5));
  },

  expect: [
    backsOff({ to: seconds(10), jitter: 10 }),
    dialRate({ atMost: 100 }),
    comesBack({ within: minutes(1) }),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/fixed-500ms-redial": "backs-off", "broken/gives-up-after-ten": "comes-back" },
});
