import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { redials } from "../../checks/connections/redials.ts";
import { resubscribes } from "../../checks/streams/resubscribes.ts";
import { waitsBetweenAttempts } from "../../checks/polling/waits-between-attempts.ts";
import { staysUp } from "../../checks/process/stays-up.ts";
import { factorOf } from "./factor.ts";

test("the tightest limit of a scenario has half a second of the wall", () =>
  expect(factorOf([resubscribes({ within: seconds(5) }), redials({ within: seconds(1) }), staysUp()])).toBe(2));

test("a wait that must not be shorter is no limit: a late machine makes it longer", () =>
  expect(factorOf([redials({ within: seconds(20) }), waitsBetweenAttempts({ waits: [1_000] })])).toBe(40));

test("without a limit of time it is that of a request's receive window", () => expect(factorOf([staysUp()])).toBe(10));

test("neither slower than the incident was, nor so fast that a start takes minutes", () => {
  expect(factorOf([redials({ within: 100 })])).toBe(1);
  expect(factorOf([redials({ within: seconds(3_600) })])).toBe(120);
});
