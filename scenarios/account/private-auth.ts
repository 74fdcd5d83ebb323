/**
 * Auth on the private stream goes wrong in each way that was seen: its ack is late, it is refused once, it is not
 * answered at all, it is refused for a while. A client that takes a refused session for a session waits for ever for its fills.
 */

import { seconds } from "../../core/units.ts";
import { noZombieSession } from "../../harness/checks/account/no-zombie-session.ts";
import { privateAfterAuth } from "../../harness/checks/account/private-after-auth.ts";
import { resubscribes } from "../../harness/checks/streams/resubscribes.ts";
import { throttlesAuth } from "../../harness/checks/account/throttles-auth.ts";
import stream from "../../harness/faults/server/stream.ts";
import type { Check } from "../../harness/incident/check.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";
import type { StreamRule } from "../../mock-exchange/stream/faults/rule.ts";

const auth = { stream: "private", match: { on: "request", op: "auth" } } as const;
const closed = stream({ stream: "private", match: { on: "live" }, action: { do: "close", code: 1001 }, times: 1 });

const notFooled = [noZombieSession({ within: seconds(10) })];

/** Its private stream is closed, and on its way back auth goes wrong. */
const authGoesWrong = (
  id: string,
  wrong: { action: StreamRule["action"]; times?: number },
  { lastsMs = 0, expect = [] }: { lastsMs?: number; expect?: readonly Check[] } = {},
): Trial =>
  trial(
    id,
    async ({ settled, back, wait, fault }) => {
      await settled("exchange-private");
      const isBack = () => back({ within: seconds(60) });
      const broken = stream({ ...auth, ...wrong });
      if (lastsMs === 0) await fault(broken, () => fault(closed, isBack));
      else {
        await fault(broken, () => fault(closed, () => wait(lastsMs)));
        await isBack();
      }
      await wait(seconds(2));
    },
    expect,
  );

export default scenario({
  id: "private-auth",
  report: "D",
  title: "Auth on the private stream: late, refused once, not answered, refused for a while",
  roles: ["private-stream"],
  clock: {
    start: "2025-09-15T09:00:00Z",
    end: "2025-09-15T09:02:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT"], marketStepMs: 1_000 },

  trials: [
    authGoesWrong("late", { action: { do: "late-ack", ms: seconds(5) }, times: 1 }),
    authGoesWrong(
      "refused-once",
      { action: { do: "refuse-auth", text: "Params Error" }, times: 1 },
      { expect: notFooled },
    ),
    authGoesWrong(
      "unanswered",
      { action: { do: "withhold-ack", carriedOut: false } },
      { lastsMs: seconds(14), expect: notFooled },
    ),
    authGoesWrong(
      "refused-for-long",
      { action: { do: "refuse-auth", retCode: 10003, text: "Invalid apikey" } },
      { lastsMs: seconds(25), expect: [...notFooled, throttlesAuth({ mostPerMinute: 20 })] },
    ),
  ],

  expect: [privateAfterAuth(), resubscribes({ within: seconds(60), endpoint: "exchange-private" })],
  provenBy: {
    "broken/subscribes-before-auth": { trial: "late", check: "private-after-auth" },
    "broken/auth-nak-zombie": { trial: "refused-once", check: "no-zombie-session" },
    "broken/waits-for-auth": { trial: "unanswered", check: "no-zombie-session" },
    "broken/hammers-auth": { trial: "refused-for-long", check: "throttles-auth" },
  },
});
