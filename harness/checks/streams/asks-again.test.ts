import { describe, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { clientStarted, journalOf, setting, stopped, type Lines } from "../../../test/support/journal.ts";
import { btc, connected, ended, requested, streaming } from "../../../test/support/stream-journal.ts";
import { asksAgain } from "./asks-again.ts";

const judge = (...lines: Lines[]) => asksAgain({ within: seconds(10) }).judge(journalOf(...lines), setting);
const [book = "", ticker = ""] = btc;
const up = [clientStarted("22:00"), connected("22:00:05", "public-1")];
const refusal = { text: `error:handler not found,topic:${ticker}` };
const refused = requested("22:00:05", "public-1", btc, refusal);
const end = stopped("22:10", "end-of-run");

test("every topic of a refused request that is asked for again in time passes", () => {
  const again = [requested("22:00:05.1", "public-1", [book]), requested("22:00:07", "public-1", [ticker])];
  expect(judge(up, refused, again, end)).toMatchObject({ verdict: "pass", measured: 2_000 });
});

test("one that is not fails; the message names the topic, the refusal and when", () => {
  const seen = judge(up, refused, requested("22:00:05.1", "public-1", [book]), end);
  expect(seen).toMatchObject({ verdict: "fail", measured: null });
  expect(seen.message).toContain(
    'Expected reference to ask for the topic again within 10 s after its subscription of tickers.BTCUSDT was refused ("error:handler not found,topic:tickers.BTCUSDT") on public-1 at 22 Oct 02:00:05 UTC+4; it did not in the 9 min 55 s that it had.',
  );
});

test("no answer and nothing done is as bad as a refusal", () => {
  const unanswered = requested("22:00:05", "public-1", btc, { text: "not carried out", answered: false });
  expect(judge(up, unanswered, end).message).toContain(
    "Expected reference to ask for the topic again within 10 s after its subscription of orderbook.50.BTCUSDT was not answered on public-1 at 22 Oct 02:00:05 UTC+4; it did not in the 9 min 55 s that it had, and it failed so 2 of 2 times.",
  );
  expect(judge(up, unanswered, requested("22:00:11", "public-1", btc), end)).toMatchObject({ measured: 6_000 });
});

test("a second refusal needs a third request", () => {
  expect(judge(up, refused, requested("22:00:07", "public-1", btc, refusal), end).verdict).toBe("fail");
});

test("too late fails, with what would excuse it", () => {
  expect(judge(up, refused, requested("22:01:05", "public-1", btc), end)).toMatchObject({
    verdict: "fail",
    excuse: { latenessMs: 50_000 },
  });
});

test("asking on another stream is asking", () => {
  const moved = [ended("22:00:06", "public-1"), streaming("22:00:07", "public-2")];
  expect(judge(up, refused, moved, end).verdict).toBe("pass");
});

describe("nothing to ask again for", () => {
  test("what is carried out without an answer", () => {
    expect(judge(up, requested("22:00:05", "public-1", btc, { answered: false }), end).verdict).toBe("unknown");
  });
  test("a topic that is subscribed already, by the answer", () => {
    const already = requested("22:01", "public-1", [book], { text: `error:already subscribed,topic:${book}` });
    expect(judge(up, requested("22:00:05", "public-1", [book]), already, end).verdict).toBe("unknown");
  });
  test("a stream that was gone before there was time", () => {
    expect(judge(up, refused, ended("22:00:06", "public-1"), end).verdict).toBe("unknown");
  });
});
