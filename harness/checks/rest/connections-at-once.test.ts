import { expect, test } from "vitest";
import { closed, journalOf, opened, setting, type Lines } from "../../../test/support/journal.ts";
import { connectionsAtOnce } from "./connections-at-once.ts";

const judge = (...lines: Lines[]) => connectionsAtOnce({ atMost: 3 }).judge(journalOf(...lines), setting);
const open = (time: string, n: number) => opened(time, `rest-${n}`, "exchange-rest");
const close = (time: string, n: number) =>
  closed(time, `rest-${n}`, { endpoint: "exchange-rest", by: "client", code: 0 });
const three = [open("22:01", 1), open("22:01", 2), open("22:01", 3)];

test("as many as allowed pass, and those that took another's place do not count twice", () => {
  const seen = judge(three, close("22:02", 1), open("22:03", 4), opened("22:03", "signal-1"));
  expect(seen).toMatchObject({ verdict: "pass", measured: 3, target: 3 });
});

test("more than allowed fail; the message says how many, and since when", () => {
  const seen = judge(three, open("22:02", 4), open("22:03", 5), close("22:04", 1), close("22:04", 2));
  expect(seen).toMatchObject({ verdict: "fail", measured: 5, target: 3, evidence: [{ line: 4 }] });
  expect(seen.message).toBe(
    "Expected reference to have at most 3 connections open at once; it had 5, and more than 3 from " +
      "22 Oct 02:02:00 UTC+4 on. See journal.ndjson:4.",
  );
  expect(seen.excuse).toMatchObject({ latenessMs: 120_000 });
});

test("an end that was seen after the start that took its place is none too many", () => {
  expect(judge(three, open("22:02", 4), close("22:02:01", 1))).toMatchObject({ verdict: "pass", measured: 3 });
});

test("too many until the end are too many", () => {
  expect(judge(three, open("22:02", 4), opened("22:05", "signal-1"))).toMatchObject({ verdict: "fail", measured: 4 });
});

test("a client that never connected cannot be judged", () => {
  expect(judge(opened("22:01", "signal-1"))).toMatchObject({ verdict: "unknown", measured: null });
});
