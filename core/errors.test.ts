import { describe, expect, test } from "vitest";
import { exitCode, FiredrillError, messageOf, nearestName, unknownName } from "./errors.ts";

const scenarios = ["signal-close-1000", "outage-2025-10-22"];

describe("nearestName", () => {
  test("finds the name behind a typo", () => expect(nearestName("signal-clsoe-1000", scenarios)).toBe(scenarios[0]));
  test("finds the name behind its beginning", () => expect(nearestName("outage", scenarios)).toBe(scenarios[1]));
  test("finds the name in other letters, large or small", () =>
    expect(nearestName("ethusdt", ["BTCUSDT", "ETHUSDT"])).toBe("ETHUSDT"));
  test("suggests nothing where nothing is near", () => expect(nearestName("quux", scenarios)).toBeUndefined());
  test("suggests nothing for two letters that happen to occur", () =>
    expect(nearestName("ou", scenarios)).toBeUndefined());
  test("suggests nothing where there is nothing", () => expect(nearestName("outage", [])).toBeUndefined());
});

describe("unknownName", () => {
  test("says what was seen, the nearest, and all there are", () =>
    expect(unknownName("scenario", "outage-2025-10-2", scenarios)).toBe(
      'Unknown scenario "outage-2025-10-2". Did you mean "outage-2025-10-22"? Known: signal-close-1000, outage-2025-10-22.',
    ));
  test("asks nothing where nothing is near", () =>
    expect(unknownName("scenario", "quux", scenarios)).toBe(
      'Unknown scenario "quux". Known: signal-close-1000, outage-2025-10-22.',
    ));
  test("says so where there are none", () =>
    expect(unknownName("client", "mine", [])).toBe('Unknown client "mine". There is no client here.'));
});

test("an error of the user's exits with the usage code and keeps its cause", () => {
  const cause = new Error("ENOENT");
  const error = new FiredrillError("Cannot read it.", { cause });
  expect(error.exitCode).toBe(exitCode.usage);
  expect(error.cause).toBe(cause);
  expect(new FiredrillError("Stopped.", { exitCode: exitCode.interrupted }).exitCode).toBe(130);
});

test("whatever was thrown has a text", () => {
  expect(messageOf(new Error("boom"))).toBe("boom");
  expect(messageOf("boom")).toBe("boom");
  expect(messageOf(undefined)).toBe("undefined");
});
