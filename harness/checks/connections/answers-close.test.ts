import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { journalOf, line, setting, type Lines } from "../../../test/support/journal.ts";
import { ended, streaming } from "../../../test/support/stream-journal.ts";
import { answersClose } from "./answers-close.ts";

const judge = (...lines: Lines[]) => answersClose({ within: seconds(1) }).judge(journalOf(...lines), setting);
const up = streaming("22:00:05", "public-1");
const answer = (time: string, afterMs: number) =>
  line(time, "connection.close-answered", { endpoint: "exchange-public", connection: "public-1", code: 1000, afterMs });

test("an answer in time passes", () => {
  expect(judge(up, answer("22:05", 40), ended("22:05", "public-1"))).toMatchObject({ verdict: "pass", measured: 40 });
});

test("a late answer fails, with what would excuse it", () => {
  const seen = judge(up, answer("22:05:03", 3_000), ended("22:05:03", "public-1"));
  expect(seen).toMatchObject({ verdict: "fail", measured: 3_000, excuse: { latenessMs: 2_000 } });
  expect(seen.message).toContain(
    "Expected reference to answer a close frame within 1 s after the server closed public-1 with 1000 (OK) at 22 Oct 02:05:00 UTC+4; it took 3 s.",
  );
});

test("no answer fails", () => {
  expect(judge(up, ended("22:05:30", "public-1")).message).toContain("it never did");
});

test("where no close frame was sent there is nothing to answer", () => {
  expect(judge(up, ended("22:05", "public-1", { code: 1006, how: "fin" })).verdict).toBe("unknown");
  expect(judge(up, ended("22:05", "public-1", { by: "client" })).verdict).toBe("unknown");
});
