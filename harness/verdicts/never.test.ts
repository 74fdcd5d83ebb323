import { expect, test } from "vitest";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../test/support/journal.ts";
import { atLeast, atMost } from "./figure.ts";
import { telemetry } from "./needs.ts";
import { never } from "./never.ts";
import { busiest } from "./rate.ts";

const silent = never<object>("silent", {
  asks: "says nothing",
  unit: "notes",
  todo: "say nothing",
  unjudged: "it did not run",
  violations: (evidence) =>
    evidence.all("note").map((event) => ({ event, at: event.at, what: `noted "${event.text}"` })),
  looked: (evidence) => (evidence.all("client.started").length > 0 ? "all the time" : undefined),
});
const note = (time: string, text: string) => line(time, "note", { text });
const end = stopped("22:10", "end-of-run");
const judge = (...lines: Lines[]) => silent().judge(journalOf(...lines), setting);

test("not once passes, with what was looked at", () => {
  const message = "reference says nothing: all the time.";
  expect(judge(clientStarted("22:00"), end)).toMatchObject({ verdict: "pass", measured: 0, message });
});

test("once fails, with the total and each of the first five", () => {
  const notes = ["a", "b", "c", "d", "e", "f"].map((text, n) => note(`22:0${n + 1}`, text));
  const seen = judge(clientStarted("22:00"), notes, end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 6, target: 0 });
  expect(seen.message).toContain('it noted "a" at 22 Oct 02:01:00 UTC+4, one of 6 notes. See journal.ndjson:2.');
  expect(seen.evidence).toHaveLength(5);
});

test("nothing looked at is no pass", () => {
  expect(judge(note("22:01", "a")).verdict).toBe("fail");
  expect(judge(end)).toMatchObject({
    verdict: "unknown",
    message: expect.stringContaining("it did not run") as unknown,
  });
});

const figures = { unit: "notes", unjudged: "there was none", todo: "keep to it", limit: () => 2 };
const counted = { ...figures, asks: "keeps to it" };
const cases = (evidence: Parameters<Parameters<typeof atMost>[1]["cases"]>[0]) =>
  evidence.all("note").map((event) => ({
    event,
    what: event.text,
    at: event.at,
    value: Number(event.text),
    seen: `it was ${event.text}`,
  }));

test("a figure above its bound fails with the worst, one below passes with the nearest", () => {
  const most = atMost<object>("most", { ...counted, cases });
  const journal = journalOf(note("22:01", "3"), note("22:02", "5"), note("22:03", "1"), end);
  expect(most().judge(journal, setting)).toMatchObject({
    verdict: "fail",
    measured: 5,
    message: expect.stringContaining("it was 5, and it failed so 2 of 3 times") as unknown,
  });
  const least = atLeast<object>("least", { ...counted, cases });
  expect(least().judge(journal, setting)).toMatchObject({ verdict: "fail", measured: 1 });
  expect(most().judge(journalOf(note("22:01", "1"), note("22:02", "2")), setting)).toMatchObject({
    verdict: "pass",
    measured: 2,
  });
  expect(most().judge(journalOf(end), setting)).toMatchObject({ verdict: "unknown" });
});

test("what a client does not report is not applicable; what it reports wrongly is named", () => {
  const asked = atMost<object>("asked", { ...counted, needs: telemetry("book"), cases });
  const of = (...lines: Lines[]) => asked().judge(journalOf(note("22:01", "1"), lines), setting);
  expect(of()).toMatchObject({
    verdict: "not-applicable",
    message: expect.stringContaining('no telemetry "book"') as unknown,
  });
  const book = { topic: "orderbook.50.BTCUSDT", seq: 1, synced: true };
  const reported = (data: Record<string, unknown>) => line("22:02", "client.telemetry", { event: "book", data });
  expect(of(reported(book)).verdict).toBe("pass");
  const wrong = of(reported({ ...book, seq: "1" }));
  expect(wrong.verdict).toBe("unknown");
  expect(wrong.message).toContain('the field "seq" of its telemetry "book" is "1"');
});

test("the busiest stretch is the largest group within a time of its first", () => {
  const times = [0, 50, 61, 62, 63, 200];
  expect(busiest(times, (time) => time, 60)).toEqual([50, 61, 62, 63]);
  expect(busiest(times, (time) => time, 1)).toEqual([0]);
});
