/**
 * Report E: so much was logged that `journalctl` timed out, and the errors of the day were not found in it. The fetches of
 * fifteen symbols fail for ten minutes: the first of each kind is worth a line at once, and of the rest one a minute that
 * says how many they were. The same of a feed, of dials and of an hour in which nothing breaks are scenarios beside this one.
 */

import { minutes, seconds } from "../../core/units.ts";
import { collapsesRepeats } from "../../harness/checks/log/collapses-repeats.ts";
import { logsTrouble } from "../../harness/checks/log/logs-trouble.ts";
import { saysHowOften } from "../../harness/checks/log/says-how-often.ts";
import { staysUp } from "../../harness/checks/process/stays-up.ts";
import rest from "../../harness/faults/server/rest.ts";
import { scenario } from "../../harness/incident/scenario.ts";

export default scenario({
  id: "log-storm",
  report: "E",
  title: "The fetches of fifteen symbols fail for 10 min: what is in the log",
  roles: ["rest-polling"],
  clock: { start: "2025-10-29T02:00:00Z", end: "2025-10-29T02:20:00Z", timezone: "UTC" },

  async play({ client, settled, fault, back, wait }) {
    await client.start();
    await settled("exchange-rest");
    const fail = rest({ match: { path: "/v5/market/*" }, action: { do: "status", code: 502 } });
    await fault(fail, () => wait(minutes(10)));
    await back({ within: minutes(1) });
    await wait(minutes(2));
  },

  expect: [logsTrouble({ within: seconds(30) }), collapsesRepeats(), saysHowOften(), staysUp()],
  provenBy: { "broken/logs-every-failure": "collapses-repeats" },
});
