/**
 * The whole catalogue, proven on the clock that is the default and the embedded engine, but for reports A's day and B's
 * night, which have files of their own; providers-agree.test.ts shows that another engine or provider does nothing else.
 */

import { describe, test } from "vitest";
import { allScenarios } from "../../harness/catalogue/scenarios.ts";
import { best, patienceMs, proves } from "../support/proof.ts";

const elsewhere = ["report-a-day", "outage-2025-10-22", "signal-close-1000"];
const all = (await allScenarios({})).filter(({ id }) => !elsewhere.includes(id));
const names = (of: (scenario: (typeof all)[number]) => boolean): string[] => all.filter(of).map(({ id }) => id);

const isRest = ({ id }: { id: string }): boolean => id.startsWith("rest-");
const isStream = ({ id, roles }: (typeof all)[number]): boolean =>
  !isRest({ id }) && roles.some((role) => ["market-data", "connector", "private-stream"].includes(role));

describe("the reference passes and each broken client is caught", () => {
  test.each([
    ["REST", names(isRest)],
    ["stream and process", names(isStream)],
    ["order, signal and alert", names((one) => !isRest(one) && !isStream(one))],
  ])(
    "%s incidents",
    async (_, scenarios) => {
      await proves(scenarios, best, 2);
    },
    patienceMs,
  );
});
