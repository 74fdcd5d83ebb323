import { expect, test } from "vitest";
import { clientStarted, closed, journalOf, opened, stopped, type Lines } from "../../../test/support/journal.ts";
import { childEnded, childStarted, setting, subscribed } from "../../../test/support/journal-processes.ts";
import { requested } from "../../../test/support/stream-journal.ts";
import { oneRunner } from "./one-runner.ts";

const endpoint = "exchange-public";
const topic = "publicTrade.BTCUSDT";
const judge = (...lines: Lines[]) => oneRunner({ child: "connector" }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), childStarted("22:00:01", 7)];
const end = stopped("22:10", "end-of-run");

test("one after the other passes", () => {
  expect(judge(up, childEnded("22:05", 7), childStarted("22:05:01", 8), end)).toMatchObject({
    verdict: "pass",
    measured: 1,
    message:
      "reference never runs two of connector at once: it ran 2 of connector, one after the other, and never had a topic on two connections at once.",
  });
});

test("two processes at once fail, with who, how long and since when", () => {
  const { verdict, measured, message } = judge(up, childStarted("22:05", 8), childEnded("22:06", 7), end);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 2 });
  expect(message).toContain("process 7 and process 8 were there together for 1 min from 22 Oct 02:05:00 UTC+4");
});

test("what the samples cannot distinguish is no overlap; a wrapper is no second one", () => {
  expect(judge(up, childStarted("22:05", 8), childEnded("22:05:02.5", 7), end).verdict).toBe("pass");
  expect(judge(up, childStarted("22:00:01", 8, { parentPid: 7 }), end).verdict).toBe("pass");
});

test("the same topic on two connections at once fails, where no process could be seen", () => {
  const two = [opened("22:01", "public-1", endpoint), opened("22:02", "public-2", endpoint)];
  const both = [subscribed("22:01", "public-1", topic), subscribed("22:02", "public-2", topic)];
  expect(judge(clientStarted("22:00"), two, both, end).message).toContain(
    "public-1 with publicTrade.BTCUSDT and public-2 with publicTrade.BTCUSDT were there together for 8 min",
  );
  const first = closed("22:01:59", "public-1", { endpoint });
  expect(judge(clientStarted("22:00"), two, both, first, end).verdict).toBe("pass");
  expect(judge(clientStarted("22:00"), two, both[0] ?? [], subscribed("22:02", "public-2", "x"), end).verdict).toBe(
    "pass",
  );
});

test("a topic that was unsubscribed on one connection before another has it is there once", () => {
  const two = [opened("22:01", "public-1", endpoint), opened("22:02", "public-2", endpoint)];
  const held = [subscribed("22:01", "public-1", topic), subscribed("22:02", "public-2", topic)];
  const left = requested("22:01:58", "public-1", [topic], { op: "unsubscribe" });
  expect(judge(clientStarted("22:00"), two, held, left, end).verdict).toBe("pass");
  expect(judge(clientStarted("22:00"), two, held, end).verdict).toBe("fail");
});

test("nothing of either: unknown", () => {
  expect(judge(clientStarted("22:00"), end).verdict).toBe("unknown");
});
