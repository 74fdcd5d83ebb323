import { expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, eth, requested, streamFault, streaming } from "../../../test/support/stream-journal.ts";
import { renewsSilentTopics } from "./renews-silent-topics.ts";

const judge = (...lines: Lines[]) => renewsSilentTopics({ within: seconds(15) }).judge(journalOf(...lines), setting);
const [book = "", ticker = ""] = btc;
const up = [clientStarted("22:00"), streaming("22:00:05", "public-1"), streaming("22:00:05", "public-2", eth)];
const silent = (to = "22:07") =>
  streamFault("silence", "topic", { from: "22:05", to, hits: [["22:05", "public-1", book]] });
const renewed = (time: string, topic: string) => [
  requested(time, "public-1", [topic], { op: "unsubscribe" }),
  requested(time, "public-1", [topic]),
];
const end = stopped("22:10", "end-of-run");

test("a silent topic that is renewed in time passes", () => {
  expect(judge(up, silent(), renewed("22:05:11", book), end)).toMatchObject({ verdict: "pass", measured: 11_000 });
});

test("taking it up on another stream is as good", () => {
  expect(judge(up, silent(), streaming("22:05:12", "public-3"), end)).toMatchObject({ measured: 12_000 });
});

test("renewing another topic does not count; the message names the silent one", () => {
  const seen = judge(up, silent(), renewed("22:05:11", ticker), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    "Expected reference to subscribe to the topic anew within 15 s after orderbook.50.BTCUSDT went silent on public-1 at 22 Oct 02:05:00 UTC+4; it did not in the 2 min that it had.",
  );
});

test("too late fails, with what would excuse it", () => {
  expect(judge(up, silent(), renewed("22:06", book), end)).toMatchObject({
    verdict: "fail",
    excuse: { latenessMs: 45_000 },
  });
});

test("a silence that is over before its time is not judged", () => {
  expect(judge(up, silent("22:05:10"), end).verdict).toBe("unknown");
  expect(judge(up, end).verdict).toBe("unknown");
});
