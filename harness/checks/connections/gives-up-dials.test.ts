import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, line, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { connected, dialEnded, dialled, streaming } from "../../../test/support/stream-journal.ts";
import { givesUpDials } from "./gives-up-dials.ts";

const judge = (...lines: Lines[]) => givesUpDials({ within: seconds(10) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const end = stopped("22:10", "end-of-run");
const hung = dialled("22:05", "public-2");

test("a dial that is given up in time passes, measured at the slowest", () => {
  const gaveUp = [
    dialEnded("22:05:09", "public-2"),
    dialled("22:05:10", "public-3"),
    dialEnded("22:05:19.5", "public-3"),
  ];
  expect(judge(up, hung, gaveUp, end)).toMatchObject({
    verdict: "pass",
    measured: 9_500,
    message:
      "reference gives a dial up that is not answered within 10 s: 2 times, at the latest 9.5 s after public-3 was dialled at 22 Oct 02:05:10 UTC+4.",
  });
});

test("one that waits until the client is stopped fails", () => {
  const seen = judge(up, hung, end, dialEnded("22:10:00.1", "public-2"));
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to give a dial up that nobody answers within 10 s after public-2 was dialled at 22 Oct 02:05:00 UTC+4; it did not in the 5 min that it had.",
  );
});

test("one that waited until it was answered after all fails", () => {
  const opened = line("22:05:40", "connection.opened", { endpoint: "exchange-public", connection: "public-2" });
  const seen = judge(up, hung, opened, end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 40_000, excuse: { latenessMs: 30_000 } });
  expect(seen.message).toContain("was answered after 40 s");
});

describe("nothing to judge", () => {
  test("every dial was answered at once", () => expect(judge(up, end).verdict).toBe("unknown"));
  test("dials were refused", () => {
    expect(judge(up, hung, dialEnded("22:05:00.1", "public-2", "server"), end).verdict).toBe("unknown");
  });
  test("stopped before the time was up", () => {
    expect(judge(up, dialled("22:09:58", "public-2"), end).verdict).toBe("unknown");
  });
  test("a slow answer in time", () => {
    expect(judge(up, connected("22:05", "public-2"), end).verdict).toBe("unknown");
  });
});
