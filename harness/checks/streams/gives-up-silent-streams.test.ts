import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, ended, streamFault, streaming } from "../../../test/support/stream-journal.ts";
import { givesUpSilentStreams } from "./gives-up-silent-streams.ts";

const check = givesUpSilentStreams({ within: seconds(65), notBefore: seconds(30) });
const judge = (...lines: Lines[]) => check.judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const silence = (to = "22:15") =>
  streamFault("silence", "topic", { from: "22:05", to, hits: btc.map((topic) => ["22:05", "public-1", topic]) });
const given = (time: string, connection: string) =>
  ended(time, connection, { by: "network", code: 1006, how: "reset" });
const end = stopped("22:20", "end-of-run");

test("a silent stream that is given up in time passes", () => {
  expect(judge(up, silence("22:06:30"), given("22:06:01", "public-1"), end)).toMatchObject({
    verdict: "pass",
    measured: 61_000,
  });
});

test("one that is kept for the whole silence fails", () => {
  const seen = judge(up, silence(), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to give a stream up within 1 min 05 s after public-1 went silent at 22 Oct 02:05:00 UTC+4; it did not in the 10 min that it had.",
  );
});

test("the new one is held to the same limit, and so is one given up late", () => {
  const kept = [given("22:06:01", "public-1"), streaming("22:06:02", "public-2")];
  expect(judge(up, silence(), kept, end)).toMatchObject({ verdict: "fail" });
  expect(judge(up, silence("22:06:30"), given("22:06:20", "public-1"), end)).toMatchObject({
    verdict: "fail",
    measured: 80_000,
    excuse: { latenessMs: 15_000 },
  });
});

test("a new stream that is torn down in its first half minute fails", () => {
  const hasty = [given("22:06:01", "public-1"), streaming("22:06:02", "public-2"), given("22:06:12", "public-2")];
  const seen = judge(up, silence("22:06:30"), hasty, end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 10_000, target: 30_000 });
  expect(seen.message).toContain(
    "Expected reference to give a stream up not before 30 s after public-2 was opened at 22 Oct 02:06:02 UTC+4; it did so after 10 s already.",
  );
});

test("a dial that was given up before it was used is none", () => {
  const dial = [given("22:06:01", "public-1"), connected("22:06:12", "public-2"), given("22:06:12", "public-2")];
  expect(judge(up, silence("22:06:30"), dial, end).verdict).toBe("pass");
});

test("a short silence, or none, is not judged", () => {
  expect(judge(up, silence("22:05:50"), end).verdict).toBe("unknown");
  expect(judge(up, end).verdict).toBe("unknown");
});
