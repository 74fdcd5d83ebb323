import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { topicHit } from "../../../test/support/book-journal.ts";
import { clientStarted, crashed, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { ended, streaming } from "../../../test/support/stream-journal.ts";
import { keepsStreams } from "./keeps-streams.ts";

const judge = (...lines: Lines[]) => keepsStreams({ lasting: seconds(10) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1")];
const hit = topicHit("22:01", "malformed");
const end = stopped("22:10", "end-of-run");

test("a stream that lives on passes, though it ends much later", () => {
  expect(judge(up, hit, ended("22:05", "public-1"), end)).toMatchObject({ verdict: "pass", measured: 0 });
});

test("a stream that the client closes for it fails", () => {
  const seen = judge(up, hit, ended("22:01:02", "public-1", { by: "client", code: 1007 }), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: 1 });
  expect(seen.message).toContain(
    "Expected reference to keep a stream for 10 s after a message that is of no use; it lost one: 2 s after orderbook.50.BTCUSDT met malformed the client closed public-1 with 1007 at 22 Oct 02:01:02 UTC+4.",
  );
});

test("a client that died of it fails, with its exit", () => {
  const dead = [crashed("22:01:00.1", 7), ended("22:01:00.2", "public-1", { by: "network", code: 1006, how: "fin" })];
  expect(judge(up, hit, dead).message).toContain("exited by itself with code 7");
});

describe("nothing to judge", () => {
  test("no message was spoilt", () => expect(judge(up, end).verdict).toBe("unknown"));
  test("stopped right after", () => expect(judge(up, topicHit("22:09:55", "malformed"), end).verdict).toBe("unknown"));
});
