import { describe, expect, test } from "vitest";
import {
  clientStarted,
  closed,
  crashed,
  fault,
  journalOf,
  line,
  opened,
  setting,
  type Lines,
} from "../../test/support/journal.ts";
import { faultResults, invalidReason } from "./validity.ts";

const reason = (...lines: Lines[]) => invalidReason(journalOf(...lines), setting);
const landed = fault("f1", { from: "23:04", landed: "23:05", to: "23:19", proof: 2 });
const begin = [clientStarted("22:52"), opened("22:53", "signal-1")];

test("a run whose faults all landed is valid", () => expect(reason(begin, landed)).toBeNull());
test("a run without faults is valid", () => expect(reason(begin)).toBeNull());

test("a fault that never landed makes a run invalid; the reason tells what it waited for, and when", () => {
  expect(reason(begin, landed, fault("f2", { from: "23:30", to: "23:40" }))).toBe(
    "The fault server.signal-close-on-request was armed from 22 Oct 03:30:00 UTC+4 to 22 Oct 03:40:00 UTC+4 but never landed: a request never came. " +
      "Does the client play this role, and did it run at that time? See client.log.",
  );
});

test("one that was never healed was armed to the end", () => {
  expect(reason(begin, fault("f1", { from: "23:30" }))).toContain(
    "from 22 Oct 03:30:00 UTC+4 to the end but never landed",
  );
});

describe("a client that died of one fault did not live to meet the next", () => {
  const second = fault("f2", { from: "23:30", to: "23:40" });
  const verdict = (failed: boolean, ...lines: Lines[]) =>
    invalidReason(journalOf(begin, landed, second, ...lines), setting, failed);

  test("which is a valid run where a check failed it for that", () => {
    expect(verdict(true, crashed("23:05:01"))).toBeNull();
  });
  test("and an invalid one where no check did", () => {
    expect(verdict(false, crashed("23:05:01"))).toContain("never landed");
  });
  test("but not if it died before any fault, after the last, or was started again", () => {
    expect(verdict(true, crashed("23:03"))).toContain("never landed");
    expect(verdict(true, crashed("23:41"))).toContain("never landed");
    expect(verdict(true, crashed("23:05:01"), clientStarted("23:20"))).toContain("never landed");
  });
});

describe("a client that lost its last connection to one fault had none for the next to meet", () => {
  const second = fault("f2", { from: "23:30", to: "23:40" });
  const verdict = (failed: boolean, ...lines: Lines[]) =>
    invalidReason(journalOf(begin, landed, second, ...lines), setting, failed);

  test("which is a valid run where a check failed it for that", () => {
    expect(verdict(true, closed("23:06", "signal-1"))).toBeNull();
  });
  test("and an invalid one where no check did", () => {
    expect(verdict(false, closed("23:06", "signal-1"))).toContain("never landed");
  });
  test("but not if it was connected, or came back, or had lost it before any fault", () => {
    expect(verdict(true)).toContain("never landed");
    expect(verdict(true, closed("23:06", "signal-1"), opened("23:20", "signal-2"))).toContain("never landed");
    expect(verdict(true, closed("23:06", "signal-1"), opened("23:35", "signal-2"))).toContain("never landed");
    expect(verdict(true, closed("23:01", "signal-1"))).toContain("never landed");
  });
});

test("a run that was aborted is invalid for that reason, whatever else", () => {
  const aborted = line("23:00", "run.aborted", { message: "The scenario was late." });
  expect(reason(begin, aborted, fault("f1", { from: "22:59" }))).toBe("The scenario was late.");
});

test("a client that never connected makes a run invalid", () => {
  expect(reason(clientStarted("22:52"))).toContain("The client reference never connected to anything.");
});

test("faults are told with their times and their proof", () => {
  const journal = journalOf(begin, landed, fault("f2", { from: "23:30" }));
  expect(faultResults(journal)).toEqual([
    {
      name: "server.signal-close-on-request",
      does: null,
      armedAt: 64 * 60_000,
      landedAt: 65 * 60_000,
      healedAt: 79 * 60_000,
      evidence: "it was closed with 1000 (journal line 2)",
    },
    {
      name: "server.signal-close-on-request",
      does: null,
      armedAt: 90 * 60_000,
      landedAt: null,
      healedAt: null,
      evidence: null,
    },
  ]);
});
