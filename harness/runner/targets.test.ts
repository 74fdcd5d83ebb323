import { expect, test } from "vitest";
import { seconds } from "../../core/units.ts";
import { redials } from "../checks/connections/redials.ts";
import { oneSubscriptionEach } from "../checks/streams/one-subscription-each.ts";
import type { ClientSpec } from "../client/client-spec.ts";
import { called } from "../incident/check.ts";
import type { FoundScenario } from "../incident/scenario.ts";
import { scenario, trial } from "../incident/scenario.ts";
import { checkTargets, heldTo, targetLines } from "./targets.ts";

const closed = scenario({
  ...{ id: "closed", title: "Closed", roles: ["market-data"] },
  clock: { start: "2025-10-21T23:06:00Z", end: "2025-10-21T23:10:00Z", timezone: "UTC" },
  trials: [trial("1000", () => Promise.resolve(), [called("redials-private", redials({ within: seconds(5) }))])],
  expect: [redials({ within: seconds(5) }), oneSubscriptionEach()],
});
const bot = (targets: ClientSpec["targets"]): ClientSpec => ({
  ...{ name: "bot", summary: "", roles: [], command: "bot" },
  ...(targets === undefined ? {} : { targets }),
});

test("a client is held to its own figures, in the scenario and in its trials, and that is printed", () => {
  const own = bot({ redials: { within: seconds(10) }, "redials-private": { within: seconds(20) } });
  const held = heldTo(own.targets, closed);
  expect(held.expect.map(({ asks, limitMs }) => [asks, limitMs])[0]).toEqual([
    "dials again within 10 s of losing a stream",
    seconds(10),
  ]);
  expect(held.trials?.[0]?.expect?.[0]).toMatchObject({ name: "redials-private", limitMs: seconds(20) });
  expect(closed.expect[0]?.limitMs).toBe(seconds(5));
  const run = { scenario: { ...closed, file: "" } satisfies FoundScenario, client: own, repeat: 1 };
  expect(targetLines([run, run])).toEqual([
    "bot is held to its own redials: dials again within 10 s of losing a stream; by default it dials again within 5 s of losing a stream.",
    "bot is held to its own redials-private: dials again within 20 s of losing a stream; by default it dials again within 5 s of losing a stream.",
  ]);
});

test("without figures of its own it is the scenario that was given", () => {
  expect(heldTo(undefined, closed)).toBe(closed);
  expect(targetLines([{ scenario: { ...closed, file: "" }, client: bot(undefined), repeat: 1 }])).toEqual([]);
});

test("a check or a figure that there is not is a mistake, with the nearest that there is", () => {
  expect(() => checkTargets([bot({ redial: { within: 1 } })], [closed])).toThrow(
    /client bot .*Did you mean "redials"\?/,
  );
  expect(() => checkTargets([bot({ redials: { witin: 1 } })], [closed])).toThrow(
    /Unknown figure of redials "witin"\. Did you mean "within"\?/,
  );
});
