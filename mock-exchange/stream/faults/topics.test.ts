/** Faults of data frames, as a bare client sees them: one connection is altered, another with the same topics is not. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { openFaultStage, type FaultStage } from "../../testing/fault-stage.ts";
import type { RawClient } from "../../testing/raw-client.ts";
import type { StreamRule } from "./rule.ts";

let stage: FaultStage;
let hit: RawClient;
let other: RawClient;
beforeEach(async () => {
  stage = await openFaultStage();
  [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
});
afterEach(() => stage.close());

const book = "orderbook.50.BTCUSDT";
const trades = "publicTrade.BTCUSDT";
const ticker = "tickers.BTCUSDT";

type Json = Record<string, unknown>;
type Rows = [string, string][];
type Book = { b: Rows; a: Rows; u: number; seq: number };
const numbers = (client: RawClient): number[] => client.of(book).map(({ data }) => (data as Book).u);
const steps = (list: number[]): number[] => list.slice(1).map((u, at) => u - (list[at] ?? 0));

/** Arms a fault of the first connection's book. */
const arm = (action: StreamRule["action"], rest: Partial<StreamRule> = {}): ReturnType<FaultStage["arm"]> =>
  stage.arm("public", action, { on: "topic", topic: "orderbook.*.BTCUSDT", connection: 1 }, rest);

async function bothSubscribe(...topics: string[]): Promise<void> {
  for (const client of [hit, other]) await client.subscribe(...topics);
}

/** The other connection's book is whole, whatever was done to the first. */
function otherIsWhole(): void {
  expect(new Set(steps(numbers(other)))).toEqual(new Set([1]));
  expect(other.of(book)[0]?.type).toBe("snapshot");
}

/** The book as a client keeps it: a snapshot replaces, a delta changes, and every delete must find its level. */
function rebuilt(messages: Json[]): { b: Map<string, string>; a: Map<string, string>; unknown: string[] } {
  const sides = { b: new Map<string, string>(), a: new Map<string, string>() };
  const unknown: string[] = [];
  for (const { type, data } of messages) {
    for (const side of ["b", "a"] as const) {
      if (type === "snapshot") sides[side].clear();
      for (const [price, size] of (data as Book)[side]) {
        if (size !== "0") sides[side].set(price, size);
        else if (!sides[side].delete(price)) unknown.push(price);
      }
    }
  }
  return { ...sides, unknown };
}

/** Both connections hold the same book where they have seen the same `seq`. */
function sameBooks(): void {
  const seqs = (client: RawClient): number[] => client.of(book).map(({ data }) => (data as Book).seq);
  const last = seqs(hit).findLast((seq) => seqs(other).includes(seq)) ?? 0;
  const upTo = (client: RawClient): Json[] => client.of(book).slice(0, seqs(client).lastIndexOf(last) + 1);
  const [one, two] = [rebuilt(upTo(hit)), rebuilt(upTo(other))];
  expect(last).toBeGreaterThan(0);
  expect(new Map([...one.b].sort())).toEqual(new Map([...two.b].sort()));
  expect(new Map([...one.a].sort())).toEqual(new Map([...two.a].sort()));
}

test("silence: one topic says nothing, others and pings go on, and nothing withheld is counted; healed, it comes again", async () => {
  await bothSubscribe(book, trades);
  await hit.count(book, 2);
  const rule = arm({ do: "silence" });
  await stage.seen("rule.hit");
  const at = numbers(other).length;
  await other.count(book, at + 30);
  hit.send({ op: "ping" });
  await hit.next(({ ret_msg }) => ret_msg === "pong");
  const silent = hit.of(book).length;
  const traded = hit.of(trades).length;
  await other.count(book, at + 100);
  await hit.count(trades, traded + 5);
  expect(hit.of(book)).toHaveLength(silent);
  expect(stage.all("rule.hit")).toMatchObject([{ rule: rule.id, connection: "public-1", subject: book, nth: 1 }]);
  rule.disarm();
  await hit.count(book, silent + 3);
  hit.socket.destroy();
  const delivered = await stage.seen("exchange.stream-delivered", ({ connection }) => connection === "public-1");
  const gap = (numbers(hit).at(-1) ?? 0) - (numbers(hit)[0] ?? 0) + 1 - numbers(hit).length;
  expect(gap).toBeGreaterThanOrEqual(70);
  expect(delivered.frames[book]).toBeLessThan((numbers(other).at(-1) ?? 0) - (numbers(other)[0] ?? 0) - 50);
  otherIsWhole();
});

test("silence of everything, by its time to live", async () => {
  stage.arm("public", { do: "silence" }, { on: "topic" }, { ttlMs: seconds(30) });
  const [armed] = stage.all("exchange.stream-fault");
  await bothSubscribe(book, trades);
  await hit.count(trades, 1);
  const ended = await stage.seen("rule.ended");
  expect(ended).toMatchObject({ why: "expired" });
  expect(ended.at - (armed?.at ?? 0)).toBeGreaterThanOrEqual(seconds(30));
  const fed = await stage.seen("connection.fed");
  expect(fed.at).toBeGreaterThanOrEqual(ended.at);
});

test("gap: three frames in a row are lost, twice, and `skip` says from which on", async () => {
  await bothSubscribe(book);
  // The snapshot is out already: two deltas pass, and the third is the first that is lost.
  arm({ do: "gap", frames: 3 }, { skip: 2, times: 1 });
  await stage.seen("rule.ended");
  const lost = (): number => steps(numbers(hit)).filter((step) => step === 4).length;
  await hit.until(() => lost() === 1);
  arm({ do: "gap", frames: 3 }, { times: 1 });
  await hit.until(() => lost() === 2);
  await hit.count(book, numbers(hit).length + 10);
  expect(steps(numbers(hit)).filter((step) => step !== 1)).toEqual([4, 4]);
  hit.socket.destroy();
  const delivered = await stage.seen("exchange.stream-delivered", ({ connection }) => connection === "public-1");
  expect(delivered.frames[book]).toBeGreaterThanOrEqual(numbers(hit).length);
  otherIsWhole();
});

test("duplicate: a frame comes again, byte for byte", async () => {
  await bothSubscribe(book);
  arm({ do: "duplicate", copies: 2 }, { times: 1 });
  await hit.until(() => steps(numbers(hit)).includes(0));
  await hit.count(book, numbers(hit).length + 5);
  const at = steps(numbers(hit)).indexOf(0);
  expect(steps(numbers(hit)).filter((step) => step !== 1)).toEqual([0, 0]);
  const texts = hit.frames.map(({ text }) => text).filter((text) => text.includes(`"topic":"${book}"`));
  expect(new Set(texts.slice(at, at + 3)).size).toBe(1);
  otherIsWhole();
});

test("swap: two frames change places and none is lost", async () => {
  await bothSubscribe(book);
  arm({ do: "swap" }, { times: 1 });
  await hit.until(() => steps(numbers(hit)).includes(-1));
  await hit.count(book, numbers(hit).length + 5);
  expect(steps(numbers(hit)).filter((step) => step !== 1)).toEqual([2, -1, 2]);
  otherIsWhole();
});

test("swap that is disarmed half way gives back what it holds", async () => {
  await bothSubscribe(book);
  // Two frames may come at once, and then the swap is done before anybody can disarm it.
  while (stage.all("exchange.stream-healed").length === 0) {
    const rule = arm({ do: "swap" }, { times: 1 });
    await stage.seen("rule.hit", (event) => event.rule === rule.id);
    rule.disarm();
  }
  await hit.count(book, numbers(hit).length + 20);
  const inOrder = numbers(hit).toSorted((a, b) => a - b);
  expect(new Set(steps(inOrder))).toEqual(new Set([1]));
  expect(steps(numbers(hit)).length).toBeGreaterThanOrEqual(20);
});

test("delta-first: a delta before the snapshot, and dropping it leaves the right book", async () => {
  arm({ do: "delta-first" });
  await bothSubscribe(book);
  await hit.count(book, 30);
  const [first, second] = hit.of(book);
  expect([first?.type, second?.type]).toEqual(["delta", "snapshot"]);
  expect(steps(numbers(hit)).slice(1)).toEqual(
    numbers(hit)
      .slice(2)
      .map(() => 1),
  );
  await other.count(book, 30);
  hit.frames.splice(
    0,
    hit.frames.findIndex(({ text }) => text.includes('"type":"snapshot"')),
  );
  sameBooks();
  otherIsWhole();
});

test("lose-snapshot: the changes of a subscription come, and what they change does not", async () => {
  arm({ do: "lose-snapshot" }, { times: 1 });
  await bothSubscribe(book);
  await hit.count(book, 10);
  await other.count(book, 10);
  expect(hit.of(book).every(({ type }) => type === "delta")).toBe(true);
  expect(steps(numbers(hit)).every((step) => step === 1)).toBe(true);
  otherIsWhole();
});

test("restart: a snapshot with u 1 in a stream of deltas, which goes on from there, also when the rule is gone", async () => {
  await bothSubscribe(book);
  await hit.count(book, 5);
  arm({ do: "restart" }, { times: 1 }).disarm();
  expect(stage.all("rule.hit")).toEqual([]);
  const rule = arm({ do: "restart" }, { times: 1 });
  await hit.until(() => numbers(hit).includes(1));
  rule.disarm();
  await hit.until(() => (numbers(hit).at(-1) ?? 0) >= 20 && numbers(hit).includes(20));
  const from = numbers(hit).indexOf(1);
  expect(hit.of(book)[from]?.type).toBe("snapshot");
  expect(
    hit
      .of(book)
      .slice(from + 1)
      .every(({ type }) => type === "delta"),
  ).toBe(true);
  expect(numbers(hit).slice(from)).toEqual(
    numbers(hit)
      .slice(from)
      .map((_u, at) => at + 1),
  );
  await other.count(book, hit.of(book).length);
  sameBooks();
  otherIsWhole();
  hit.send({ op: "unsubscribe", args: [book] });
  await hit.subscribe(book);
  await hit.until(() => hit.of(book).at(-1)?.type === "delta" && (numbers(hit).at(-1) ?? 0) > 10_000);
});

test("delete-unknown-level: a delta deletes what the book never had, and is right otherwise", async () => {
  await bothSubscribe(book);
  arm({ do: "delete-unknown-level" }, { times: 3 });
  await stage.seen("rule.ended");
  await hit.until(() => rebuilt(hit.of(book)).unknown.length === 3);
  await hit.count(book, hit.of(book).length + 5);
  expect(rebuilt(hit.of(book)).unknown).toHaveLength(3);
  await other.count(book, hit.of(book).length);
  expect(rebuilt(other.of(book)).unknown).toEqual([]);
  sameBooks();
});

test.each([
  ["invalid-json", /^\{"topic":"orderbook\.50\.BTCUSDT","type":delta,\}$/],
  ["truncated-json", /^\{"topic":"orderbook\.50\.BTCUSDT".*[^}]$/],
] as const)("malformed %s before the genuine frame: no update is lost", async (kind, wanted) => {
  await bothSubscribe(book);
  arm({ do: "malformed", kind }, { times: 1 });
  const bad = (): string[] => hit.frames.filter(({ message }) => message === undefined).map(({ text }) => text);
  await hit.until(() => bad().length > 0);
  await hit.count(book, hit.of(book).length + 5);
  expect(bad()).toHaveLength(1);
  expect(bad()[0]).toMatch(wanted);
  expect(new Set(steps(numbers(hit)))).toEqual(new Set([1]));
  otherIsWhole();
});

test("malformed wrong-types in place of the genuine frame: JSON, and an update is lost", async () => {
  await bothSubscribe(book);
  arm({ do: "malformed", kind: "wrong-types", instead: true }, { times: 1 });
  const odd = (): Json[] => hit.of(book).filter(({ type }) => typeof type !== "string");
  await hit.until(() => odd().length > 0);
  await hit.count(book, hit.of(book).length + 5);
  expect(odd()).toMatchObject([{ ts: "soon", data: { b: "none", a: null, u: "next" } }]);
  const genuine = numbers(hit).filter((u) => typeof u === "number");
  expect(steps(genuine).filter((step) => step !== 1)).toEqual([2]);
  otherIsWhole();
});

test("huge-frame: as large as said, and a genuine message", async () => {
  await bothSubscribe(book);
  arm({ do: "huge-frame", bytes: 5_000_000 }, { times: 1 });
  await hit.until(() => hit.frames.some(({ payload }) => payload.length > 1_000_000));
  await hit.count(book, hit.of(book).length + 3);
  expect(hit.frames.filter(({ payload }) => payload.length === 5_000_000)).toHaveLength(1);
  expect(new Set(steps(numbers(hit)))).toEqual(new Set([1]));
  otherIsWhole();
});

test("huge-frame: who needs a while to read more than a client may leave unread is not cut for it", async () => {
  await bothSubscribe(book);
  hit.socket.pause();
  arm({ do: "huge-frame", bytes: 20_000_000 }, { times: 2 });
  await other.count(book, other.of(book).length + 5);
  expect(stage.all("exchange.stream-cut")).toEqual([]);
  hit.socket.resume();
  await hit.count(book, hit.of(book).length + 3);
  expect(hit.frames.filter(({ payload }) => payload.length === 20_000_000)).toHaveLength(2);
});

test("burst: three times the rate, every message true, and the numbers go on when it is over", async () => {
  await bothSubscribe(book, trades, ticker);
  await hit.count(book, 3);
  const rule = stage.arm("public", { do: "burst", times: 3 }, { on: "topic", connection: 1 });
  await stage.seen("rule.hit", ({ subject }) => subject === book);
  const [before, otherBefore] = [hit.of(book).length, other.of(book).length];
  await other.count(book, otherBefore + 60);
  await hit.count(trades, hit.of(trades).length + 5);
  rule.disarm();
  const gained = hit.of(book).length - before;
  expect(gained).toBeGreaterThan(2 * (other.of(book).length - otherBefore));
  await hit.count(book, hit.of(book).length + 20);
  expect(new Set(steps(numbers(hit)))).toEqual(new Set([1]));
  const ids = (client: RawClient): string[] =>
    client.of(trades).flatMap(({ data }) => (data as { i: string }[]).map(({ i }) => i));
  const [mine, theirs] = [ids(hit), ids(other)];
  expect(new Set(mine).size).toBe(mine.length);
  // The first connection has subscribed a little earlier than the other.
  const shared = mine.slice(mine.indexOf(theirs[0] ?? ""));
  const common = Math.min(shared.length, theirs.length);
  expect(common).toBeGreaterThanOrEqual(5);
  expect(shared.slice(0, common)).toEqual(theirs.slice(0, common));
  const subjects = stage.all("rule.hit").map(({ subject }) => subject);
  expect([...subjects].sort()).toEqual([book, trades, ticker].sort());
  await other.count(book, other.of(book).length + 5);
  sameBooks();
  otherIsWhole();
});

test("while nothing is armed nothing is altered, and a cleared stream is as it was", async () => {
  arm({ do: "silence" });
  stage.arm("public", { do: "stall" }, { on: "live", connection: 2 });
  stage.exchange.faults.public.clear();
  await bothSubscribe(book);
  for (const client of [hit, other]) {
    await client.count(book, 10);
    expect(new Set(steps(numbers(client)))).toEqual(new Set([1]));
  }
  expect(stage.all("rule.ended").map(({ why }) => why)).toEqual(["disarmed", "disarmed"]);
});
