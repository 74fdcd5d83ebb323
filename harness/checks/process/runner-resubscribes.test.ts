import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, closed, journalOf, opened, stopped, type Lines } from "../../../test/support/journal.ts";
import {
  childEnded,
  childStarted,
  processFault,
  setting,
  subscribed,
} from "../../../test/support/journal-processes.ts";
import { runnerResubscribes } from "./runner-resubscribes.ts";

const endpoint = "exchange-public";
const [trades, depth] = ["publicTrade.BTCUSDT", "orderbook.1.BTCUSDT"] as const;
const judge = (...lines: Lines[]) =>
  runnerResubscribes({ child: "connector", within: seconds(40) }).judge(journalOf(...lines), setting);
const up = [clientStarted("22:00"), childStarted("22:00:01", 7), opened("22:00:02", "public-1", endpoint)];
const fed = subscribed("22:00:03", "public-1", trades, depth);
const killed = [
  processFault("kill", { from: "22:05", landed: "22:05:00", to: "22:06" }),
  [childEnded("22:05:00", 7), closed("22:05:00", "public-1", { endpoint, by: "network", code: 1006 })],
];
const again = [childStarted("22:05:02", 8), opened("22:05:04", "public-2", endpoint)];
const end = stopped("22:10", "end-of-run");

test("the same topics again pass, with the time from the last death", () => {
  const loop = [childEnded("22:05:05", 8), opened("22:05:20", "public-3", endpoint)];
  expect(judge(up, fed, killed, again, subscribed("22:05:04.5", "public-2", trades), loop, end).verdict).toBe("fail");
  expect(judge(up, fed, killed, again, loop, subscribed("22:05:21", "public-3", trades, depth), end)).toMatchObject({
    verdict: "pass",
    measured: 16_000,
    message:
      "reference has its topics again within 40 s of the death of connector: 16 s after process 8 died at 22 Oct 02:05:05 UTC+4.",
  });
});

test("a new connector that asks for one of two fails", () => {
  const { verdict, message } = judge(up, fed, killed, again, subscribed("22:05:05", "public-2", trades), end);
  expect(verdict).toBe("fail");
  expect(message).toContain(
    "Expected reference to subscribe its topics again within 40 s after process 7 died at 22 Oct 02:05:00 UTC+4; 1 topic of 2 (orderbook.1.BTCUSDT) never came back.",
  );
});

test("too late fails with its excuse", () => {
  const late = subscribed("22:06:00", "public-2", trades, depth);
  expect(judge(up, fed, killed, again, late, end)).toMatchObject({ verdict: "fail", excuse: { latenessMs: 20_000 } });
});

test("the end came first: unknown; it had no topics: not applicable", () => {
  expect(judge(up, fed, killed, stopped("22:05:10")).verdict).toBe("unknown");
  expect(judge(up, killed, end).verdict).toBe("unknown");
});
