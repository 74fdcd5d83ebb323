import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { ended, streaming } from "../../../test/support/stream-journal.ts";
import { answersPings } from "./answers-pings.ts";

const judge = (...lines: Lines[]) => answersPings({ within: seconds(5) }).judge(journalOf(...lines), setting);
const on = { endpoint: "exchange-public", connection: "public-1" };
const ping = (time: string, nth: number) => line(time, "connection.pinged", { ...on, nth });
const pong = (time: string, nth: number) => line(time, "connection.pong", { ...on, nth, afterMs: 0 });
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const end = stopped("22:10", "end-of-run");

test("pings that are answered in time pass, with the slowest; a later pong answers those before", () => {
  const line = [ping("22:01", 1), ping("22:01:02", 2), pong("22:01:03", 2), ping("22:02", 3), pong("22:02:01", 3)];
  expect(judge(up, line, end)).toMatchObject({
    verdict: "pass",
    measured: 3_000,
    message:
      "reference answers the server's pings within 5 s: 3 times, at the latest 3 s after public-1 was pinged at 22 Oct 02:01:00 UTC+4.",
  });
});

test("late and never fail", () => {
  expect(judge(up, ping("22:01", 1), pong("22:01:30", 1), end)).toMatchObject({ excuse: { latenessMs: 25_000 } });
  const seen = judge(up, ping("22:01", 1), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to answer a ping within 5 s after public-1 was pinged at 22 Oct 02:01:00 UTC+4; it did not in the 9 min that it had.",
  );
});

describe("nothing to judge", () => {
  test("no ping", () => expect(judge(up, end).verdict).toBe("unknown"));
  test("the stream ended before it could", () => {
    expect(judge(up, ping("22:01", 1), ended("22:01:01", "public-1"), end).verdict).toBe("unknown");
  });
});
