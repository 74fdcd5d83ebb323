import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, crashed, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { topicHit } from "../../../test/support/book-journal.ts";
import { btc, connected, dialled, ended, eth, streaming } from "../../../test/support/stream-journal.ts";
import { redials } from "./redials.ts";

const slow = { ...setting, compression: 1 };
const judge = (...lines: Lines[]) => redials({ within: seconds(1) }).judge(journalOf(...lines), slow);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1"), streaming("22:00:05", "public-2", eth)];
const end = stopped("22:10", "end-of-run");

test("a loss that is dialled again in time passes, with the time it took", () => {
  expect(judge(up, ended("22:05", "public-1"), streaming("22:05:00.4", "public-3"), end)).toMatchObject({
    verdict: "pass",
    measured: 400,
    message:
      "reference dials again within 1 s of losing a stream: 400 ms after the server closed public-1 with 1000 (OK) at 22 Oct 02:05:00 UTC+4.",
  });
});

test("a loss that is never dialled again fails, with how long there was to", () => {
  const seen = judge(up, ended("22:05", "public-1"), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to dial again within 1 s after the server closed public-1 with 1000 (OK) at 22 Oct 02:05:00 UTC+4; it did not in the 5 min that it had.",
  );
});

test("too late fails, and says what lateness of the machine would explain it", () => {
  expect(judge(up, ended("22:05", "public-1"), streaming("22:05:03", "public-3"), end)).toMatchObject({
    verdict: "fail",
    measured: 3_000,
    excuse: { latenessMs: 2_000 },
  });
});

describe("whose dial it is", () => {
  test("one that takes up the topics of another loss answers to that one", () => {
    const seen = judge(
      up,
      ended("22:05", "public-1"),
      ended("22:06", "public-2", { code: 1001 }),
      streaming("22:06:00.3", "public-3", eth),
      end,
    );
    expect(seen).toMatchObject({ verdict: "fail", measured: null });
    expect(seen.message).toContain("closed public-1 with 1000");
  });

  test("two losses at once need two dials", () => {
    const both = [ended("22:05", "public-1"), ended("22:05", "public-2")];
    expect(judge(up, both, streaming("22:05:00.3", "public-3", btc), end).verdict).toBe("fail");
    const two = [streaming("22:05:00.3", "public-3", btc), streaming("22:05:00.4", "public-4", eth)];
    expect(judge(up, both, two, end)).toMatchObject({ verdict: "pass", measured: 400 });
  });

  test("a dial that was refused, or forgot its topics, is a dial", () => {
    expect(judge(up, ended("22:05", "public-1"), dialled("22:05:00.5", "public-3"), end).verdict).toBe("pass");
    expect(judge(up, ended("22:05", "public-1"), connected("22:05:00.5", "public-3"), end).verdict).toBe("pass");
  });

  test("the client may hear of the end before the server has it in its journal", () => {
    expect(judge(up, dialled("22:04:59.995", "public-3"), ended("22:05", "public-1"), end).verdict).toBe("pass");
    expect(judge(up, dialled("22:04:59.9", "public-3"), ended("22:05", "public-1"), end).verdict).toBe("fail");
    const early = [streaming("22:04:59", "public-3"), ended("22:05", "public-1")];
    expect(judge(up, early, end)).toMatchObject({ verdict: "pass", measured: 0 });
  });
});

test("a client that gave a stream up itself has to dial as well", () => {
  const gaveUp = ended("22:05", "public-1", { by: "network", code: 1006, how: "reset" });
  expect(judge(up, gaveUp, end)).toMatchObject({ verdict: "fail" });
});

test("one that it closed in good order because a fault had made it useless is lost as well", () => {
  const silenced = topicHit("22:04", "silence");
  const closed = ended("22:05", "public-1", { by: "client" });
  expect(judge(up, silenced, closed, streaming("22:05:00.4", "public-3"), end)).toMatchObject({ measured: 400 });
  expect(judge(up, silenced, closed, end).verdict).toBe("fail");
});

test("a client that died of the loss fails, with its exit", () => {
  const seen = judge(
    up,
    ended("22:05", "public-1", { by: "network", code: 1006, how: "reset" }),
    crashed("22:05:00.1", 7),
  );
  expect(seen.verdict).toBe("fail");
  expect(seen.message).toContain("after the network reset public-1");
  expect(seen.message).toContain("it exited by itself with code 7");
});

describe("a stream that is lost again", () => {
  const first = [ended("22:05", "public-1"), streaming("22:05:00.4", "public-3")];

  test("before it was stable may be left to backoff", () => {
    const again = [ended("22:05:10", "public-3"), streaming("22:05:40", "public-4")];
    expect(judge(up, first, again, end)).toMatchObject({ verdict: "pass" });
    const tooLate = [ended("22:05:10", "public-3"), streaming("22:06:20", "public-4")];
    expect(judge(up, first, tooLate, end)).toMatchObject({ verdict: "fail", measured: 70_000, target: 60_000 });
  });

  test("after half a minute has its full claim again", () => {
    const again = [ended("22:05:40", "public-3"), streaming("22:06:10", "public-4")];
    expect(judge(up, first, again, end)).toMatchObject({ verdict: "fail", measured: 30_000, target: 1_000 });
  });
});

describe("nothing to judge", () => {
  test("no loss", () => {
    expect(judge(up, end)).toMatchObject({ verdict: "unknown", measured: null });
  });
  test("a stream on which nothing was asked for", () => {
    const unused = [connected("22:05", "public-3"), ended("22:05:01", "public-3", { by: "network", code: 1006 })];
    expect(judge(up, unused, end).verdict).toBe("unknown");
  });
  test("closed by the client", () => {
    expect(judge(up, ended("22:05", "public-1", { by: "client" }), end).verdict).toBe("unknown");
  });
  test("stopped before its time was up", () => {
    expect(judge(up, ended("22:09:59.8", "public-1"), end).verdict).toBe("unknown");
  });
  test("ended by the stop", () => {
    expect(judge(up, end, ended("22:10:00.1", "public-1", { by: "network", code: 1006 })).verdict).toBe("unknown");
  });
});
