/**
 * Auth on the private stream goes wrong in each way that was seen: its ack is late, it is refused once, it is not
 * answered at all, it is refused for a while. A client that takes a refused session for a session waits for ever for its fills.
 */

import { seconds } from "../../core/units.ts";
import { noZombieSession } from "../../harness/checks/no-zombie-session.ts";
import { privateAfterAuth } from "../../harness/checks/private-after-auth.ts";
import { resubscribes } from "../../harness/checks/resubscribes.ts";
import { throttlesAuth } from "../../harness/checks/throttles-auth.ts";
import stream from "../../harness/faults/server/stream.ts";
import { privateSubscribed } from "../../harness/moments.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsLive } from "../../harness/stream-moments.ts";

const auth = { stream: "private", match: { on: "request", op: "auth" } } as const;
const closed = stream({ stream: "private", match: { on: "live" }, action: { do: "close", code: 1001 }, times: 1 });

export default scenario({
  id: "private-auth",
  report: "D",
  title: "Auth on the private stream: late, refused once, not answered, refused for a while",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:02:00Z",
    compression: 20,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"] },

  async play({ client, until, wait, fault }) {
    const isBack = () => until(privateSubscribed, { orAfter: seconds(60) });
    const isLive = () => until(topicsLive(1, "exchange-private"), { orAfter: seconds(60) });

    const late = (ms: number) => stream({ ...auth, action: { do: "late-ack", ms }, times: 1 });
    await fault(late(seconds(2)), async () => {
      await client.start();
      await until(privateSubscribed);
    });
    await fault(late(seconds(5)), () => fault(closed, isBack));

    const refused = stream({ ...auth, action: { do: "refuse-auth", text: "Params Error" }, times: 1 });
    if (!(await fault(refused, () => fault(closed, isBack)))) return;

    const unanswered = stream({ ...auth, action: { do: "withhold-ack", carriedOut: false } });
    await fault(unanswered, () => fault(closed, () => wait(seconds(14))));
    if (!(await isLive())) return;
    // A session that was stable for half a minute starts backoff over.
    await wait(seconds(32));

    const refusedForLong = stream({ ...auth, action: { do: "refuse-auth", retCode: 10003, text: "Invalid apikey" } });
    await fault(refusedForLong, () => fault(closed, () => wait(seconds(25))));
    await isLive();
    await wait(seconds(2));
  },

  expect: [
    privateAfterAuth(),
    noZombieSession({ within: seconds(10) }),
    throttlesAuth({ mostPerMinute: 20 }),
    resubscribes({ within: seconds(60), endpoint: "exchange-private" }),
  ],
  provenBy: {
    "broken/subscribes-before-auth": "private-after-auth",
    "broken/auth-nak-zombie": "no-zombie-session",
    "broken/waits-for-auth": "no-zombie-session",
    "broken/hammers-auth": "throttles-auth",
  },
});
