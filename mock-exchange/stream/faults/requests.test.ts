/** Faults of requests and their answers, as a bare client and the journal see them. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { openFaultStage, type FaultStage } from "../../testing/fault-stage.ts";

let stage: FaultStage;
beforeEach(async () => {
  stage = await openFaultStage();
});
afterEach(() => stage.close());

const book = "orderbook.50.BTCUSDT";
const trades = "publicTrade.BTCUSDT";
const soon = (): number => Math.floor(stage.clock.now()) + seconds(600);

test("withhold-ack: the subscription is carried out and not answered, others are", async () => {
  stage.arm("public", { do: "withhold-ack" }, { op: "subscribe", topic: "orderbook.*.BTCUSDT" }, { times: 1 });
  const client = await stage.dial().opened();
  client.send({ op: "subscribe", args: [book], req_id: "1" });
  client.send({ op: "subscribe", args: [trades], req_id: "2" });
  await client.next(({ req_id }) => req_id === "2");
  await client.count(book, 5);
  expect(client.messages.filter(({ op }) => op === "subscribe").map(({ req_id }) => req_id)).toEqual(["2"]);
  expect(stage.all("exchange.stream-request")).toMatchObject([
    { connection: "public-1", op: "subscribe", topics: [book], success: true, answered: false },
    { connection: "public-1", op: "subscribe", topics: [trades], success: true, answered: true },
  ]);
  expect(stage.all("rule.hit")).toMatchObject([{ subject: `subscribe ${book}` }]);
});

test("withhold-ack without carrying out: the topic never comes, and the request is written down all the same", async () => {
  stage.arm("public", { do: "withhold-ack", carriedOut: false }, { topic: book });
  const client = await stage.dial().opened();
  client.send({ op: "subscribe", args: [book] });
  await client.subscribe(trades);
  await client.count(trades, 10);
  expect(client.of(book)).toEqual([]);
  expect(stage.all("exchange.stream-request")[0]).toMatchObject({ topics: [book], success: false, answered: false });
  expect(stage.all("connection.subscribed")).toMatchObject([{ topics: [trades] }]);
});

test("withhold-ack of auth, carried out or not", async () => {
  stage.arm("private", { do: "withhold-ack" }, { op: "auth", connection: 1 });
  stage.arm("private", { do: "withhold-ack", carriedOut: false }, { op: "auth", connection: 2 });
  const clients = [await stage.dial("private").opened(), await stage.dial("private").opened()];
  const acks = [];
  for (const client of clients) {
    void client.login(soon());
    acks.push(await client.subscribe("order"));
    expect(client.messages).toHaveLength(1);
  }
  expect(acks).toMatchObject([{ success: true }, { success: false, ret_msg: "Request not authorized" }]);
  expect(stage.all("connection.authenticated")).toMatchObject([{ connection: "private-1" }]);
});

test("late-ack: after its delay, with the data before it, and what is asked meanwhile is answered", async () => {
  stage.arm("public", { do: "late-ack", ms: 20_000 }, { op: "subscribe" }, { times: 1 });
  const client = await stage.dial().opened();
  client.send({ op: "subscribe", args: [book], req_id: "late" });
  client.send({ op: "ping", req_id: "meanwhile" });
  await client.next(({ req_id }) => req_id === "late");
  const order = client.messages.map(({ req_id, topic }) => req_id ?? topic);
  expect(order.indexOf("meanwhile")).toBeLessThan(order.indexOf("late"));
  expect(order.indexOf(book)).toBeLessThan(order.indexOf("late"));
  const { afterMs } = await stage.seen("exchange.stream-answered");
  expect(afterMs).toBeGreaterThanOrEqual(20_000);
});

test("a pong never, and a pong late: JSON and protocol pings alike", async () => {
  stage.arm("public", { do: "withhold-ack" }, { op: "ping" }, { times: 1 });
  stage.arm("public", { do: "late-ack", ms: 10_000 }, { op: "ping-frame" }, { times: 1 });
  const client = await stage.dial().opened();
  client.send({ op: "ping", req_id: "never" });
  client.sendFrame(0x9, Buffer.from("late"));
  client.sendFrame(0x9, Buffer.from("at once"));
  client.send({ op: "ping", req_id: "answered" });
  await client.until(() => client.frames.length >= 3);
  expect(client.frames.filter(({ head }) => head === 0x8a).map(({ text }) => text)).toEqual(["at once", "late"]);
  expect(client.messages.map(({ req_id }) => req_id)).toEqual(["answered"]);
  expect(stage.all("exchange.stream-request").map(({ op, answered }) => [op, answered])).toEqual([
    ["ping", false],
    ["ping-frame", false],
    ["ping-frame", true],
    ["ping", true],
  ]);
});

test("pings of every stream are written down", async () => {
  for (const stream of ["public", "private", "trade"] as const) {
    const client = await stage.dial(stream).opened();
    client.send({ op: "ping" });
    await client.until(() => client.messages.length > 0);
  }
  const pings = stage.all("exchange.stream-request").map(({ connection, op }) => [connection, op]);
  expect(pings).toEqual([
    ["public-1", "ping"],
    ["private-1", "ping"],
    ["trade-1", "ping"],
  ]);
});

test("refuse-ack: one of many topics refuses all of them, in the words of the category", async () => {
  const rule = stage.arm("public", { do: "refuse-ack", topic: trades }, { op: "subscribe", topic: trades });
  const client = await stage.dial().opened();
  const ack = await client.subscribe(book, trades);
  const { conn_id } = ack;
  const ret_msg = `error:handler not found,topic:${trades}`;
  expect(ack).toEqual({ success: false, ret_msg, conn_id, req_id: "", op: "subscribe" });
  expect(stage.all("exchange.stream-request")).toMatchObject([
    { topics: [book, trades], success: false, text: ret_msg },
  ]);
  expect(await client.subscribe(book)).toMatchObject({ success: true });
  await client.count(book, 5);
  expect(client.of(trades)).toEqual([]);
  rule.disarm();
  expect(await client.subscribe(trades)).toMatchObject({ success: true });
});

test("refuse-ack of an order: nothing is placed, and the ack has its full form", async () => {
  stage.arm("trade", { do: "refuse-ack", retCode: 10019, text: "restarting" }, { op: "order.*" });
  const client = await stage.dial("trade").opened();
  await client.login(soon());
  client.send({ op: "order.create", reqId: "7", header: {}, args: [{ category: "linear" }] });
  const ack = await client.next(({ reqId }) => reqId === "7");
  expect(ack).toMatchObject({ retCode: 10019, retMsg: "restarting", op: "order.create", data: {}, retExtInfo: {} });
  expect(stage.all("exchange.order")).toEqual([]);
});

test("already-subscribed refuses a fresh subscription", async () => {
  stage.arm("public", { do: "already-subscribed" }, { op: "*" }, { times: 1 });
  const client = await stage.dial().opened();
  client.send({ op: "ping" });
  const ack = await client.subscribe(book, trades);
  expect(ack).toMatchObject({ success: false, ret_msg: `error:already subscribed,topic:${book}` });
  expect(await client.subscribe(book)).toMatchObject({ success: true });
});

test.each([
  ["private", { do: "refuse-auth" }, { success: false, ret_msg: "Params Error", op: "auth" }],
  [
    "private",
    { do: "refuse-auth", retCode: 10003, text: "Invalid apikey" },
    { op: "auth", success: false, retCode: 10003, retMsg: "Invalid apikey" },
  ],
  ["trade", { do: "refuse-auth" }, { retCode: 10004, retMsg: "Invalid sign", op: "auth" }],
] as const)("refuse-auth on %s: %j, twice, then it works", async (stream, action, answer) => {
  stage.arm(stream, action, {}, { times: 2 });
  const client = await stage.dial(stream).opened();
  for (const _try of [1, 2]) {
    const { conn_id: _, connId: __, ...ack } = await client.login(soon());
    expect(ack).toEqual(answer);
  }
  expect(stage.all("connection.authenticated")).toEqual([]);
  expect(stage.all("connection.auth-refused")).toHaveLength(2);
  await client.login(soon());
  expect(stage.all("connection.authenticated")).toHaveLength(1);
});

test("a request that a fault closes on is not carried out, and nothing behind it meets anybody", async () => {
  stage.arm("public", { do: "close", code: 1000 }, { on: "request", op: "subscribe" });
  const client = await stage.dial().opened();
  client.send({ op: "subscribe", args: [book] });
  client.send({ op: "ping" });
  await client.until(() => client.frames.length > 0);
  client.sendFrame(0x8, Buffer.from([0x03, 0xe8]));
  await stage.seen("connection.closed");
  expect(client.frames).toHaveLength(1);
  expect(stage.all("exchange.stream-request")).toMatchObject([
    { op: "subscribe", text: "not carried out", answered: false },
  ]);
});
