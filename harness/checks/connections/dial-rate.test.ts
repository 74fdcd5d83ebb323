import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { dialEnded, dialled, streaming } from "../../../test/support/stream-journal.ts";
import { dialRate } from "./dial-rate.ts";

const judge = (...lines: Lines[]) => dialRate({ atMost: 5 }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const end = stopped("22:30", "end-of-run");
const refused = (...times: string[]) =>
  times.map((time, n) => [dialled(time, `public-${n + 10}`), dialEnded(time, `public-${n + 10}`, "server")]);

test("few in any five minutes pass, however many in all", () => {
  const times = Array.from({ length: 10 }, (_, n) => `22:${10 + n}`);
  expect(judge(up, refused(...times), end)).toMatchObject({ verdict: "pass", measured: 5 });
});

test("too many in five minutes fail, and say when", () => {
  const seen = judge(up, refused("22:10", "22:10:30", "22:11", "22:12", "22:13", "22:14"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 6 });
  expect(seen.message).toContain("it made 6 dials in the 5 min up to 22 Oct 02:14:00 UTC+4");
});

test("a client that is never refused shows nothing", () => {
  expect(judge(up, end)).toMatchObject({ verdict: "unknown", measured: null });
});
