import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Subscriptions } from "./subscriptions.ts";

interface Sent {
  op: string;
  req_id: string;
  args: string[];
}

const topics = ["orderbook.50.BTCUSDT", "tickers.BTCUSDT", "publicTrade.BTCUSDT"];
const [book = "", ticker = "", trades = ""] = topics;
let sent: Sent[] = [];
let subscriptions: Subscriptions;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  subscriptions = new Subscriptions({
    name: "conn_0",
    topics,
    send: (frame) => sent.push(frame as Sent),
    subscribed: () => undefined,
    backoff: () => ({ next: () => 1_000, lasted: () => undefined }),
    warnings: { warn: () => undefined, poorData: () => undefined },
  });
  subscriptions.opened();
});
afterEach(() => vi.useRealTimers());

const answer = (nth: number, ret_msg = "") =>
  subscriptions.answered({ op: "subscribe", req_id: sent[nth]?.req_id, success: ret_msg === "", ret_msg });
const asked = () => sent.splice(0).map(({ op, args }) => `${op} ${args.join(" ")}`);

test("a new connection is asked for everything, and a confirmed topic is not missing", () => {
  expect(sent).toMatchObject([{ op: "subscribe", args: topics }]);
  answer(0);
  expect(subscriptions.missing).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(1);
});

test("the next connection is asked for everything again", () => {
  answer(0);
  subscriptions.lost();
  expect(subscriptions.missing).toEqual(topics);
  subscriptions.opened();
  expect(sent).toHaveLength(2);
});

describe("a refusal", () => {
  test("of one topic: the others are asked for at once, that one later", () => {
    answer(0, `error:handler not found,topic:${ticker}`);
    sent.shift();
    expect(asked()).toEqual([`subscribe ${book} ${trades}`]);
    vi.advanceTimersByTime(1_000);
    expect(asked()).toEqual([`subscribe ${ticker}`]);
  });

  test("that names no topic: each alone, later", () => {
    answer(0, "Internal server error.");
    sent.shift();
    expect(asked()).toEqual([]);
    vi.advanceTimersByTime(1_000);
    expect(asked()).toEqual(topics.map((topic) => `subscribe ${topic}`));
  });

  test("as subscribed already is good news for that topic", () => {
    answer(0, `error:already subscribed,topic:${book}`);
    expect(subscriptions.missing).toEqual([ticker, trades]);
    sent.shift();
    expect(asked()).toEqual([`subscribe ${ticker} ${trades}`]);
  });
});

test("what is not answered in five seconds is asked for one by one, and a late answer still counts", () => {
  vi.advanceTimersByTime(5_000);
  answer(0);
  expect(subscriptions.missing).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(sent).toHaveLength(1);

  subscriptions.opened();
  sent = sent.slice(1);
  vi.advanceTimersByTime(6_001);
  expect(sent.slice(1)).toMatchObject(topics.map((topic) => ({ args: [topic] })));
});

test("a topic is renewed by leaving it and asking for it, and no other is touched", () => {
  answer(0);
  sent = [];
  subscriptions.renew(ticker);
  expect(asked()).toEqual([`unsubscribe ${ticker}`, `subscribe ${ticker}`]);
  expect(subscriptions.missing).toEqual([ticker]);
});

test("an answer to nothing of ours is nothing", () => {
  subscriptions.answered({ op: "subscribe", req_id: "else", success: true });
  expect(subscriptions.missing).toEqual(topics);
});
