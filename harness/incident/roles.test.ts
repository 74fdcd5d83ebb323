import { expect, test } from "vitest";
import { endpointMistake } from "./endpoints.ts";
import { checkedRoles, playsIn } from "./roles.ts";

test("a role that there is passes", () => {
  expect(checkedRoles(["signals", "trading"], "The scenario night")).toEqual(["signals", "trading"]);
});

test("one that there is not is an error that names whose it is and the nearest", () => {
  expect(() => checkedRoles(["signal"], "The scenario night")).toThrow(
    /^The scenario night names a role that there is not\. Unknown role "signal"\. Did you mean "signals"\? Known: /,
  );
});

test("one of a scenario's roles is enough, but not beside what the scenario is about", () => {
  expect(playsIn({ roles: ["market-data", "trading"] }, ["trading"])).toBe(true);
  expect(playsIn({ roles: ["market-data", "trading"] }, ["signals"])).toBe(false);
  expect(playsIn({ roles: ["signals", "trading"] }, ["trading"])).toBe(false);
  expect(playsIn({ roles: ["rest-polling", "alerts"] }, ["rest-polling", "alerts"])).toBe(true);
  expect(playsIn({ roles: ["signals", "trading", "alerts"] }, ["signals"])).toBe(false);
  expect(playsIn({ roles: ["signals", "trading", "alerts"], requires: ["signals"] }, ["signals"])).toBe(true);
});

test("an endpoint that there is not is reported with the nearest", () => {
  expect(endpointMistake("exchange-publc")).toContain('Did you mean "exchange-public"?');
  expect(endpointMistake("signal")).toBeUndefined();
});
