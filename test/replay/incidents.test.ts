/**
 * The incidents of reports A, C, D and E, replayed whole on both engines and under both time providers. Which scenarios
 * there are is the catalogue's business. Reports B and A's day have files of their own. Report E's twelve hours are left
 * out, because each of their two runs takes 72 s alone (`firedrill prove vps-day-2025-10-29`).
 */

import { describe, test } from "vitest";
import { combinations, patienceMs, playedBy, proves } from "../support/proof.ts";

const polling = (await playedBy("rest-polling")).filter(({ id }) => id.startsWith("rest-"));
const streams = (await playedBy("market-data", "connector", "private-stream")).filter(
  ({ id }) => !id.startsWith("vps-day"),
);

describe.each(combinations)("with --proxy $proxy --time $time", (combination) => {
  test(
    "REST incidents: the reference passes and each broken client is caught",
    () => proves(polling, combination, 1),
    patienceMs,
  );

  test(
    "stream and process incidents: the reference passes and each broken client is caught",
    () => proves(streams, combination, 2),
    patienceMs,
  );
});
