/**
 * Report D: the connector, the subprocess that market data comes from, dies in a loop, freezes, and ends by itself. The
 * report's bot noticed and logged it, and never started another.
 */

import { seconds } from "../../core/units.ts";
import { oneRunner } from "../../harness/checks/process/one-runner.ts";
import { replacesFrozenRunner } from "../../harness/checks/process/replaces-frozen-runner.ts";
import { restartsRunner } from "../../harness/checks/process/restarts-runner.ts";
import { runnerResubscribes } from "../../harness/checks/process/runner-resubscribes.ts";
import { logsExit } from "../../harness/checks/log/logs-exit.ts";
import { throttlesRestarts } from "../../harness/checks/process/throttles-restarts.ts";
import kill from "../../harness/faults/process/kill.ts";
import stop from "../../harness/faults/process/stop.ts";
import { tradesAndDepthFlow } from "../../harness/moments.ts";
import { scenario } from "../../harness/incident/scenario.ts";

const child = "connector";

export default scenario({
  id: "connector-death",
  report: "D",
  title: "The connector subprocess dies in a loop, freezes, and exits by itself",
  roles: ["connector"],
  clock: {
    start: "2025-09-15T08:00:00Z",
    end: "2025-09-15T08:03:40Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"] },

  async play({ client, until, wait, fault }) {
    const isBack = () => until(tradesAndDepthFlow, { orAfter: seconds(45) });
    await client.start();
    await until(tradesAndDepthFlow);
    await wait(seconds(3));

    // It is killed, and whatever is started in its place dies before it is up.
    await fault(kill({ child, again: true }), () => wait(seconds(28)));
    // A client that never starts another has no process left that could freeze.
    if (!(await isBack())) return;
    await wait(seconds(5));

    // Alive, connected, and nothing comes any more: stale after 60 s.
    if (!(await fault(stop({ child }), () => until(tradesAndDepthFlow, { orAfter: seconds(110) })))) return;
    // Long enough for two that run side by side to be no accident of this machine.
    await wait(seconds(12));

    // It exits by itself, in good order, and nobody asked it to.
    await fault(kill({ child, signal: "SIGTERM" }), isBack);
    await wait(seconds(3));
  },

  expect: [
    restartsRunner({ child, within: seconds(5) }),
    runnerResubscribes({ child, within: seconds(40) }),
    replacesFrozenRunner({ child, notBefore: seconds(55), within: seconds(75) }),
    oneRunner({ child }),
    throttlesRestarts({ child, mostPerMinute: 8, waits: seconds(5) }),
    logsExit({ child, within: seconds(5) }),
  ],
  provenBy: {
    "broken/no-restart": "restarts-runner",
    "broken/orphans-runner": "one-runner",
    "broken/trusts-silent-runner": "replaces-frozen-runner",
    "broken/restarts-at-once": "throttles-restarts",
    "broken/keeps-subscription-flags": "runner-resubscribes",
    "broken/hides-exit": "logs-exit",
  },
});
