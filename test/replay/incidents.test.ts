/**
 * The incidents of reports A, C, D and E, replayed whole on both engines and under both time providers. Which scenarios
 * there are is the catalogue's business. Report B has a file of its own.
 */

import { describe, test } from "vitest";
import { combinations, patienceMs, playedBy, proves } from "../support/proof.ts";

describe.each(combinations)("with --proxy $proxy --time $time", (combination) => {
  test(
    "REST incidents: the reference passes and each broken client is caught",
    async () => proves(await playedBy("rest-polling"), combination, 1),
    patienceMs,
  );

  test(
    "stream and process incidents: the reference passes and each broken client is caught",
    async () => proves(await playedBy("market-data", "connector", "private-stream"), combination, 2),
    patienceMs,
  );
});
