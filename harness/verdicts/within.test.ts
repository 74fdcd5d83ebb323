import { describe, expect, test } from "vitest";
import { seconds } from "../../core/units.ts";
import {
  at,
  clientStarted,
  crashed,
  journalOf,
  line,
  setting,
  stopped,
  type Lines,
} from "../../test/support/journal.ts";
import { within } from "./within.ts";

/** Each note asks for the next one that says "yes <the same>". */
const follows = within<{ within: number; least?: number }>("follows", {
  asks: ({ within }) => `follows within ${within} ms`,
  todo: "follow",
  unjudged: "nobody asked",
  occasions: (evidence, { least }) =>
    evidence.all("note").flatMap((event) => {
      const yes = evidence.all("note").find(({ text }) => text === `yes ${event.text}`);
      if (event.text.startsWith("yes")) return [];
      return [
        { event, what: `"${event.text}"`, at: event.at, until: yes?.at, ...(least === undefined ? {} : { least }) },
      ];
    }),
});
const note = (time: string, text: string) => line(time, "note", { text });
const judge = (...lines: Lines[]) =>
  follows({ within: seconds(5) }).judge(journalOf(clientStarted("22:00"), lines), setting);
const late = (time: string, incidentMs: number) => line(time, "client.starved", { wallMs: 1, incidentMs });
const end = stopped("22:10", "end-of-run");

test("the one that took longest is reported", () => {
  const both = [note("22:01", "a"), note("22:01:01", "yes a"), note("22:02", "b"), note("22:02:04", "yes b")];
  expect(judge(both, end)).toMatchObject({
    ...{ verdict: "pass", measured: 4_000, target: 5_000, unit: "ms" },
    message: 'reference follows within 5000 ms: 2 times, at the latest 4 s after "b" at 22 Oct 02:02:00 UTC+4.',
    evidence: [{ at: at("22:02"), what: '"b"' }],
  });
});

test("too late fails, with how many there were and what lateness would explain it", () => {
  const three = [
    note("22:01", "a"),
    note("22:01:06", "yes a"),
    note("22:02", "b"),
    note("22:02:09", "yes b"),
    note("22:03", "c"),
    note("22:03:01", "yes c"),
  ];
  expect(judge(three, end)).toMatchObject({
    ...{ verdict: "fail", measured: 9_000, excuse: { fromAt: at("22:02"), latenessMs: 4_000 } },
    message: expect.stringContaining("it took 9 s, and it failed so 2 of 3 times. See journal.ndjson:") as unknown,
  });
});

test("one that lateness does not explain goes before a worse one that it does, and has the say", () => {
  const two = [note("22:01", "a"), note("22:01:09", "yes a"), note("22:02", "b"), note("22:02:06", "yes b")];
  const seen = judge(two, late("22:01:20", seconds(60)), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 6_000, excuse: { fromAt: at("22:02"), latenessMs: 1_000 } });
});

describe("what never came", () => {
  test("fails where there was time, and what the machine took of it would excuse it", () => {
    expect(judge(note("22:01", "a"), end)).toMatchObject({
      ...{ verdict: "fail", measured: null, excuse: { latenessMs: seconds(9 * 60 - 5) } },
      message: expect.stringContaining("it did not in the 9 min that it had") as unknown,
    });
  });
  test("says nothing where there was none", () => {
    expect(judge(note("22:09:58", "a"), end)).toMatchObject({ verdict: "unknown", measured: null });
    expect(judge(note("22:01", "a"), note("22:01:01", "yes a"), note("22:09:58", "b"), end).verdict).toBe("pass");
  });
  test("fails where the client had ended by itself, and nothing excuses that", () => {
    const seen = judge(note("22:01", "a"), crashed("22:01:01", 7));
    expect(seen).toMatchObject({
      verdict: "fail",
      message: expect.stringContaining("it exited by itself with code 7") as unknown,
    });
    expect(seen.excuse).toBeUndefined();
  });
  test("is not expected of a client that was stopped before", () => {
    expect(judge(end, note("22:11", "a"))).toMatchObject({ verdict: "unknown" });
  });
});

test("too early is a failure of its own", () => {
  const early = follows({ within: seconds(5), least: seconds(2) });
  const journal = journalOf(clientStarted("22:00"), note("22:01", "a"), note("22:01:01", "yes a"), end);
  expect(early.judge(journal, setting)).toMatchObject({
    ...{ verdict: "fail", measured: 1_000, target: 2_000 },
    message: expect.stringContaining("to follow not before 2 s after") as unknown,
  });
});

test("without an occasion nothing is judged, and the reason is given", () => {
  const message = "Whether reference follows within 5000 ms could not be judged: nobody asked.";
  expect(judge(end)).toMatchObject({ verdict: "unknown", measured: null, message });
});
