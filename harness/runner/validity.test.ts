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
import { brokenText, faultResults, unfitness } from "./validity.ts";

const unfit = (...lines: Lines[]) => unfitness(journalOf(...lines), setting);
const reason = (...lines: Lines[]) => unfit(...lines)?.why;
const landed = fault("f1", { from: "23:04", landed: "23:05", to: "23:19", proof: 2 });
const begin = [clientStarted("22:52"), opened("22:53", "signal-1")];

test("a run whose faults all landed is valid", () => expect(reason(begin, landed)).toBeUndefined());
test("a run without faults is valid", () => expect(reason(begin)).toBeUndefined());

test("a fault that never landed makes a run invalid; the reason names what it waited for, and when", () => {
  expect(reason(begin, landed, fault("f2", { from: "23:30", to: "23:40" }))).toBe(
    "The fault server.signal-close-on-request was armed from 22 Oct 03:30:00 UTC+4 to 22 Oct 03:40:00 UTC+4 but never landed: a request never came. " +
      "Does the client play this role, and did it run at that time? See client.log.",
  );
});

test("a proxy that somebody else has changed makes a run invalid, whatever else it shows", () => {
  const tampered = line("23:12", "proxy.tampered", { endpoint: "signal", what: "the toxic bandwidth was removed" });
  expect(reason(begin, landed, tampered)).toMatch(
    /^Somebody else has changed the proxy of signal: by 22 Oct 03:12:00 UTC\+4 the toxic bandwidth was removed/,
  );
});

test("one that was never healed was armed to the end", () => {
  expect(reason(begin, fault("f1", { from: "23:30" }))).toContain(
    "from 22 Oct 03:30:00 UTC+4 to the end but never landed",
  );
});

describe("a client that an earlier fault broke need not meet the next one", () => {
  const second = fault("f2", { from: "23:30", to: "23:40" });
  const seen = (...lines: Lines[]) => {
    const journal = journalOf(begin, landed, second, ...lines);
    return unfitness(journal, setting)?.why ?? brokenText(journal, setting)?.text;
  };
  const broken = (how: string) =>
    `be back after the fault server.signal-close-on-request of 22 Oct 03:05:00 UTC+4; ${how}, so that the fault server.signal-close-on-request of 22 Oct 03:30:00 UTC+4 found nothing to hit`;

  test("where it died of that", () => {
    expect(seen(crashed("23:05:01"))).toBe(broken("it had ended by itself"));
  });
  test("but not if it died before any fault, after the last, or was started again", () => {
    expect(seen(crashed("23:03"))).toContain("never landed");
    expect(seen(crashed("23:41"))).toContain("never landed");
    expect(seen(crashed("23:05:01"), clientStarted("23:20"))).toContain("never landed");
  });
  test("where it had lost its last connection, also as the next fault is armed", () => {
    const lost = broken("it had no connection to signal");
    expect(seen(closed("23:06", "signal-1"))).toBe(lost);
    expect(seen(closed("23:30", "signal-1"))).toBe(lost);
  });
  test("but not if it was connected, or came back in time", () => {
    expect(seen()).toContain("never landed");
    expect(seen(closed("23:06", "signal-1"), opened("23:20", "signal-2"))).toContain("never landed");
    expect(seen(closed("23:06", "signal-1"), opened("23:35", "signal-2"))).toContain("never landed");
  });
  test("where it kept a connection on which it was mute", () => {
    const on = { endpoint: "exchange-public", connection: "public-1" };
    const settled = [
      opened("22:53", "public-1", "exchange-public"),
      line("22:54", "connection.subscribed", { ...on, topics: ["tickers.A"] }),
      line("22:54", "exchange.topic-fed", { ...on, topic: "tickers.A" }),
      line("22:55", "client.settled", { connections: {}, topics: {}, polled: [], roles: ["market-data"] }),
    ];
    const later = line("23:30", "fault.armed", {
      fault: "f3",
      name: "server.stream",
      endpoint: "exchange-public",
      awaits: "a frame",
    });
    const mute = [
      closed("23:06", "public-1", { endpoint: "exchange-public" }),
      opened("23:07", "public-2", "exchange-public"),
    ];
    const journal = journalOf(clientStarted("22:52"), settled, landed, mute, later);
    expect(brokenText(journal, setting)?.text).toContain("1 of 1 topic (tickers.A) brought nothing");
    expect(unfitness(journal, setting)).toBeUndefined();
  });
});

test("a fault of a mock that a client that had settled never met is none of its business", () => {
  const settled = line("22:55", "client.settled", { connections: {}, topics: {}, polled: [], roles: ["signals"] });
  expect(unfit(begin, settled, fault("f2", { from: "23:30" }))).toMatchObject({ as: "not-applicable" });
  expect(unfit(begin, fault("f2", { from: "23:30" }))).toMatchObject({ as: "invalid" });
});

test("a run that was aborted is invalid for that reason, whatever else", () => {
  const aborted = line("23:00", "run.aborted", { message: "The scenario was late." });
  expect(reason(begin, aborted, fault("f1", { from: "22:59" }))).toBe("The scenario was late.");
});

test("a client that never connected is unplayable", () => {
  expect(unfit(clientStarted("22:52"))).toMatchObject({ as: "unplayable" });
  expect(reason(clientStarted("22:52"))).toContain("The client reference never connected to anything.");
});

test("faults are reported with their times and their proof", () => {
  const journal = journalOf(begin, landed, fault("f2", { from: "23:30" }));
  expect(faultResults(journal)).toEqual([
    {
      name: "server.signal-close-on-request",
      does: null,
      armedAt: 64 * 60_000,
      landedAt: 65 * 60_000,
      healedAt: 79 * 60_000,
      evidence: "it was closed with 1000 (journal.ndjson:3)",
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
