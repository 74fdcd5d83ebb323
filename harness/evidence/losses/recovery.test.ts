import { describe, expect, test } from "vitest";
import { clientStarted, closed, fault, fed, journalOf, line, opened } from "../../../test/support/journal.ts";
import type { JournalView } from "../../../core/journal/view.ts";
import { noRecovery, recoveryOf as recoveryWith } from "./recovery.ts";

const recoveryOf = (journal: JournalView) => recoveryWith(journal, { endSeenLateMs: 50 });

const begin = [clientStarted("22:52"), opened("22:53", "signal-1"), fed("22:53:01", "signal-1")];
const landed = fault("f1", { from: "23:04", landed: "23:05", to: "23:19" });
const authenticated = (time: string, connection: string) =>
  line(time, "connection.authenticated", { endpoint: "signal", connection });
const subscribed = (time: string, connection: string) =>
  line(time, "connection.subscribed", { endpoint: "signal", connection, topics: [] });
const says = (time: string, state: string, endpoint = "signal") =>
  line(time, "client.telemetry", { event: "state", data: { endpoint, state } });

test("every step of being back is a span of its own", () => {
  const journal = journalOf(
    begin,
    landed,
    closed("23:05:01", "signal-1"),
    says("23:05:01.2", "CONNECTING"),
    says("23:05:01.3", "DISCONNECTED", "exchange-rest"),
    says("23:05:01.5", "DISCONNECTED"),
    opened("23:05:03", "signal-2"),
    authenticated("23:05:04", "signal-2"),
    subscribed("23:05:06", "signal-2"),
    fed("23:05:10", "signal-2"),
  );
  expect(recoveryOf(journal)).toEqual({
    detectMs: 500,
    reconnectMs: 2_000,
    authenticateMs: 1_000,
    resubscribeMs: 2_000,
    firstDataMs: 4_000,
    blackoutMs: 9_000,
  });
});

test("without subscriptions the first data is counted from auth; without telemetry the dial shows the detection", () => {
  const journal = journalOf(
    begin,
    landed,
    closed("23:05:01", "signal-1"),
    opened("23:05:03", "signal-2"),
    authenticated("23:05:04", "signal-2"),
    fed("23:05:05", "signal-2"),
  );
  expect(recoveryOf(journal)).toMatchObject({ resubscribeMs: null, firstDataMs: 1_000, detectMs: 2_000 });
});

test("a client that says so before the server hears of the end has noticed at once; of an earlier loss it says nothing", () => {
  const back = [opened("23:05:03", "signal-2"), authenticated("23:05:04", "signal-2"), fed("23:05:05", "signal-2")];
  const reported = (time: string) =>
    recoveryOf(journalOf(begin, landed, says(time, "DISCONNECTED"), closed("23:05:01", "signal-1"), back));
  expect(reported("23:05:00.98")).toMatchObject({ detectMs: 0 });
  expect(reported("22:52:59")).toMatchObject({ detectMs: 2_000 });
});

test("a dial that is lost again does not end the blackout", () => {
  const journal = journalOf(
    begin,
    landed,
    closed("23:05:01", "signal-1"),
    opened("23:05:02", "signal-2"),
    closed("23:05:03", "signal-2"),
    opened("23:05:10", "signal-3"),
    authenticated("23:05:11", "signal-3"),
    fed("23:05:12", "signal-3"),
  );
  expect(recoveryOf(journal)).toMatchObject({ reconnectMs: 1_000, authenticateMs: 1_000, blackoutMs: 11_000 });
});

test("a client that never came back has no spans but those it was seen to take", () => {
  const journal = journalOf(begin, landed, closed("23:05:01", "signal-1"), says("23:05:02", "DISCONNECTED"));
  expect(recoveryOf(journal)).toEqual({ ...noRecovery, detectMs: 1_000 });
});

describe("of several losses", () => {
  const second = fault("f2", { from: "23:30", landed: "23:31", to: "23:32" });
  const back = (time: string, connection: string) => [opened(time, connection), fed(time, connection)];

  test("the longest blackout is reported", () => {
    const journal = journalOf(
      begin,
      landed,
      closed("23:05:01", "signal-1"),
      back("23:05:05", "signal-2"),
      second,
      closed("23:31:00", "signal-2"),
      back("23:31:30", "signal-3"),
    );
    expect(recoveryOf(journal).blackoutMs).toBe(30_000);
  });

  test("one that never ended is the longest", () => {
    const journal = journalOf(
      begin,
      landed,
      closed("23:05:01", "signal-1"),
      back("23:05:05", "signal-2"),
      second,
      closed("23:31:00", "signal-2"),
    );
    expect(recoveryOf(journal).blackoutMs).toBeNull();
  });
});

test.each([
  ["before the fault landed", closed("23:04:59", "signal-1")],
  ["by the client", closed("23:05:01", "signal-1", { by: "client" })],
  ["on another endpoint", closed("23:05:01", "rest-1", { endpoint: "exchange-rest" })],
])("a connection that ended %s is no loss", (_what, end) => {
  expect(recoveryOf(journalOf(begin, landed, end, opened("23:06", "signal-2")))).toEqual(noRecovery);
});
