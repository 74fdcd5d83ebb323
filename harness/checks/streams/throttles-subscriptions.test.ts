import { expect, test } from "vitest";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { connected, requested } from "../../../test/support/stream-journal.ts";
import { throttlesSubscriptions } from "./throttles-subscriptions.ts";

const judge = (...lines: Lines[]) => throttlesSubscriptions({ mostPerMinute: 10 }).judge(journalOf(...lines), setting);
const topic = "tickers.BTCUSDT";
const up = [clientStarted("22:00"), connected("22:00:05", "public-1")];
const end = stopped("22:10", "end-of-run");
const refused = (time: string) =>
  requested(time, "public-1", [topic], { text: `error:handler not found,topic:${topic}` });
const every = (stepMs: number, times: number) =>
  Array.from({ length: times }, (_, n) => refused(`22:01:${String((n * stepMs) / 1_000).padStart(2, "0")}`));

test("asking now and then passes, with the busiest minute", () => {
  const { verdict, measured, message } = judge(up, every(10_000, 4), requested("22:02", "public-1", [topic]), end);
  expect({ verdict, measured }).toEqual({ verdict: "pass", measured: 4 });
  expect(message).toBe(
    "reference asks for a topic that is refused or not answered at most 10 times a minute: it asked for tickers.BTCUSDT 4 times in the minute from 22 Oct 02:01:00 UTC+4.",
  );
});

test("asking again and again fails", () => {
  const { verdict, measured, message } = judge(up, every(1_000, 30), end);
  expect({ verdict, measured }).toEqual({ verdict: "fail", measured: 30 });
  expect(message).toContain(
    "Expected reference to ask for a topic that it does not get at most 10 times a minute; it asked for tickers.BTCUSDT 30 times in the minute from 22 Oct 02:01:00 UTC+4.",
  );
});

test("what is granted may be asked for as often as the client likes: another check's business", () => {
  const granted = Array.from({ length: 20 }, (_, n) => requested(`22:01:${n + 10}`, "public-1", [topic]));
  expect(judge(up, granted, end).verdict).toBe("unknown");
});
