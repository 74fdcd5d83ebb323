/**
 * Auth on the private stream goes wrong in each way that was seen: its ack is late, it is refused once, it is refused for
 * a while, it is not answered at all. A client that takes a refused session for a session waits for ever for its fills.
 */

import { seconds } from "../../core/units.ts";
import { noZombieSession } from "../../harness/checks/no-zombie-session.ts";
import { privateAfterAuth } from "../../harness/checks/private-after-auth.ts";
import { resubscribes } from "../../harness/checks/resubscribes.ts";
import { throttlesAuth } from "../../harness/checks/throttles-auth.ts";
import stream from "../../harness/faults/server/stream.ts";
import { privateSubscribed } from "../../harness/moments.ts";
import { scenario } from "../../harness/scenario.ts";

const auth = { stream: "private", match: { on: "request", op: "auth" } } as const;
const closed = stream({ stream: "private", match: { on: "live" }, action: { do: "close", code: 1001 }, times: 1 });

export default scenario({
  id: "private-auth",
  report: "D",
  title: "Auth on the private stream: late, refused once, refused for a while, not answered",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:05:00Z",
    compression: 30,
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"] },

  async play({ client, until, wait, fault }) {
    const isBack = () => until(privateSubscribed, { orAfter: seconds(60) });
    // A session that was stable for half a minute starts backoff over.
    const stable = () => wait(seconds(32));

    const late = (ms: number) => stream({ ...auth, action: { do: "late-ack", ms }, times: 1 });
    await fault(late(seconds(2)), async () => {
      await client.start();
      await until(privateSubscribed);
    });
    await stable();
    await fault(late(seconds(5)), () => fault(closed, isBack));
    await stable();

    const refused = stream({ ...auth, action: { do: "refuse-auth", text: "Params Error" }, times: 1 });
    if (!(await fault(refused, () => fault(closed, isBack)))) return;
    await stable();

    const refusedForLong = stream({ ...auth, action: { do: "refuse-auth", retCode: 10003, text: "Invalid apikey" } });
    await fault(refusedForLong, () => fault(closed, () => wait(seconds(25))));
    if (!(await isBack())) return;
    await stable();

    const unanswered = stream({ ...auth, action: { do: "withhold-ack", carriedOut: false } });
    await fault(unanswered, () => fault(closed, () => wait(seconds(25))));
    await isBack();
    await wait(seconds(5));
  },

  expect: [
    privateAfterAuth(),
    // Ten seconds for an answer, and what a client's own timers need on top.
    noZombieSession({ within: seconds(15) }),
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
