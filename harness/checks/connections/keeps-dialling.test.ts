import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, crashed, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { connected, dialEnded, dialled } from "../../../test/support/stream-journal.ts";
import { keepsDialling } from "./keeps-dialling.ts";

const judge = (...lines: Lines[]) => keepsDialling({ within: seconds(45) }).judge(journalOf(...lines), setting);
const up = clientStarted("22:00");
const end = stopped("22:10", "end-of-run");
const refused = (time: string, connection: string) => [
  dialled(time, connection),
  dialEnded(time, connection, "server"),
];

test("each failure is followed by a dial", () => {
  const tries = [refused("22:01", "public-1"), refused("22:01:10", "public-2"), connected("22:01:40", "public-3")];
  expect(judge(up, tries, end)).toMatchObject({
    verdict: "pass",
    measured: 30_000,
    message:
      "reference dials again within 45 s of every dial that failed: 2 times, at the latest 30 s after public-2 was refused at 22 Oct 02:01:10 UTC+4.",
  });
});

test("a client that stops dialling fails", () => {
  const seen = judge(up, refused("22:01", "public-1"), refused("22:01:10", "public-2"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to dial again within 45 s after public-2 was refused at 22 Oct 02:01:10 UTC+4; it did not in the 8 min 50 s that it had.",
  );
});

test("two failures at once need two dials", () => {
  const both = [refused("22:01", "public-1"), refused("22:01", "public-2")];
  expect(judge(up, both, connected("22:01:05", "public-3"), end).verdict).toBe("fail");
});

test("a dial that the client gave up is a failure too, and late is late", () => {
  const gaveUp = [dialled("22:01", "public-1"), dialEnded("22:01:09", "public-1"), connected("22:03", "public-2")];
  expect(judge(up, gaveUp, end)).toMatchObject({ verdict: "fail", measured: 111_000, excuse: { latenessMs: 66_000 } });
});

test("a client that died of it fails, with its exit", () => {
  const seen = judge(up, refused("22:01", "public-1"), crashed("22:01:00.1", 7));
  expect(seen.message).toContain("it exited by itself with code 7");
});

describe("nothing to judge", () => {
  test("no dial failed", () => expect(judge(up, connected("22:01", "public-1"), end).verdict).toBe("unknown"));
  test("stopped right after", () => expect(judge(up, refused("22:09:50", "public-1"), end).verdict).toBe("unknown"));
});
