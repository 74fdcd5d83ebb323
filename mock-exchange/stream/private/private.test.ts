/** The private stream over a real WebSocket: auth, subscriptions, and the truth about orders. */

import { generateKeyPairSync } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JournalEvent } from "../../../core/journal/event.ts";
import { key, listOf, openStage, type Stage, type Stream } from "../../testing/exchange.ts";

let stage: Stage;
let stream: Stream;
beforeEach(async () => {
  stage = await openStage();
  stream = await stage.privateStream();
});
afterEach(() => stage.close());

const market = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Market", qty: "0.1" };
const topic = (name: string): ((message: Record<string, unknown>) => boolean) => {
  return (message) => message.topic === name;
};
const subscribe = async (...args: string[]): Promise<Record<string, unknown>> => {
  stream.send({ op: "subscribe", args });
  return stream.next(({ op }) => op === "subscribe");
};

test("auth, subscribe and ping have the private shapes, key by key", async () => {
  const auth = await stream.login();
  expect(JSON.stringify(auth)).toMatch(/^\{"success":true,"ret_msg":"","op":"auth","conn_id":"[0-9a-v]{20}-p"\}$/);
  stream.send({ req_id: "s", op: "subscribe", args: ["order", "wallet"] });
  expect(JSON.stringify(await stream.next())).toMatch(
    /^\{"req_id":"s","success":true,"ret_msg":"","op":"subscribe","conn_id":/,
  );
  stream.send({ op: "ping" });
  expect(JSON.stringify(await stream.next())).toMatch(/^\{"op":"pong","args":\["\d{13}"\],"conn_id":/);
  stream.send({ op: "ping", req_id: 7 });
  expect(JSON.stringify(await stream.next())).toMatch(/^\{"req_id":"7","op":"pong",/);
});

test.each([
  ["a wrong signature", ["test-key", 9_999_999_999_999, "00"]],
  ["an unknown key", ["nobody", 9_999_999_999_999, "00"]],
  ["nothing", []],
])("auth with %s is refused and the socket stays open", async (_what, args) => {
  stream.send({ op: "auth", args });
  expect(await stream.next()).toMatchObject({ success: false, ret_msg: "Params Error", op: "auth" });
  expect(await stream.login()).toMatchObject({ success: true });
});

test("an expired proof is refused, a numeric string is as good as a number", async () => {
  expect(await stream.login({ ...key, expiresMs: 1 })).toMatchObject({ success: true });
  stream.send({ op: "auth", args: [key.key, 1, "00"] });
  expect(await stream.next()).toMatchObject({ success: false });
});

test("topics need auth; one bad topic, or a mixed family, refuses the whole frame", async () => {
  expect(await subscribe("order")).toMatchObject({ success: false, ret_msg: "Request not authorized" });
  await stream.login();
  expect(await subscribe("order", "nonsense")).toMatchObject({ success: false, ret_msg: "Params Error" });
  expect(await subscribe("order", "order.linear")).toMatchObject({ success: false, ret_msg: "Params Error" });
  expect(await subscribe("position.spot")).toMatchObject({ success: false, ret_msg: "Params Error" });
  expect(await subscribe("order")).toMatchObject({ success: true });
  expect(await subscribe("order")).toMatchObject({ ret_msg: "error:already subscribed,topic:order" });
  stream.send({ op: "dance" });
  expect(await stream.next()).toMatchObject({ success: false, ret_msg: "error:invalid op" });
  stream.send("hello");
  expect((await stream.next()).ret_msg).toMatch(
    /^Failed to decode incoming data:readObjectStart: expect \{ or n, but found h/,
  );
});

test("a filled order is reported as order, execution, position and wallet, and REST agrees", async () => {
  await stream.login();
  await subscribe("order", "execution", "execution.fast.linear", "position", "wallet");
  const { result } = await stage.post("/v5/order/create", { ...market, orderLinkId: "mine" });
  const order = await stream.next(topic("order"));
  const execution = await stream.next(topic("execution"));
  const fast = await stream.next(topic("execution.fast.linear"));
  const position = await stream.next(topic("position"));
  const wallet = await stream.next(topic("wallet"));
  expect(order).toMatchObject({
    data: [{ ...result, category: "linear", orderStatus: "Filled", closedPnl: "0", feeCurrency: "USDT" }],
  });
  expect(order.id).toMatch(/^\d+_BTCUSDT_\d+$/);
  expect(execution).toMatchObject({
    data: [{ ...result, execQty: "0.1", isMaker: false, execPnl: "0", isLeverage: "0", closedSize: "0" }],
  });
  expect(Object.keys(fast)).toEqual(["topic", "creationTime", "data"]);
  expect(position).toMatchObject({ data: [{ entryPrice: "1000.1", size: "0.1", category: "linear" }] });
  expect(position.data).not.toMatchObject([{ avgPrice: "1000.1" }]);
  expect(wallet).toMatchObject({ data: [{ accountType: "UNIFIED", coin: expect.arrayContaining([]) as unknown }] });
  const [shown] = listOf(await stage.get("/v5/order/realtime", { category: "linear", orderLinkId: "mine" }));
  expect((order.data as object[])[0]).toMatchObject(shown ?? {});
});

test("a categorised topic carries its category only", async () => {
  await stream.login();
  await subscribe("order.spot");
  await stage.post("/v5/order/create", market);
  await stage.post("/v5/order/create", { ...market, category: "spot", qty: "50" });
  expect(await stream.next(topic("order.spot"))).toMatchObject({ data: [{ category: "spot" }] });
  expect(stream.received.filter((message) => "topic" in message)).toHaveLength(1);
});

test("a resting order filled by the market's flow is reported as a maker's fill", async () => {
  await stream.login();
  await stage.post("/v5/order/create", { ...market, orderType: "Limit", price: "900" });
  await subscribe("execution");
  stage.market.moveTo("linear", "BTCUSDT", "900");
  expect(await stream.next(topic("execution"))).toMatchObject({
    data: [{ isMaker: true, execPrice: "900", feeRate: "0.0002" }],
  });
});

test("a triggered order passes through Triggered", async () => {
  await stream.login();
  await subscribe("order");
  await stage.post("/v5/order/create", { ...market, triggerPrice: "1100", triggerDirection: 1 });
  stage.market.moveTo("linear", "BTCUSDT", "1100");
  const seen: Record<string, unknown>[] = [];
  while (seen.at(-1)?.orderStatus !== "Filled") {
    const { data } = await stream.next(topic("order"));
    seen.push((data as Record<string, unknown>[])[0] ?? {});
  }
  // Nothing is executed at that moment, so all of it is left.
  expect(seen.filter(({ orderStatus }) => orderStatus !== "Untriggered")).toMatchObject([
    { orderStatus: "Triggered", leavesQty: "0.1", cumExecQty: "0", avgPrice: "" },
    { orderStatus: "Filled", leavesQty: "0", cumExecQty: "0.1" },
  ]);
});

const written = (type: string): Promise<JournalEvent> =>
  new Promise((resolve) => {
    const stop = stage.journal.subscribe((event) => {
      if (event.type !== type) return;
      stop();
      resolve(event);
    });
  });

test("DCP cancels when the last armed connection is gone for its window, and not before", async () => {
  await stage.post("/v5/order/disconnected-cancel-all", { product: "DERIVATIVES", timeWindow: 3 });
  expect((await stage.get("/v5/account/query-dcp-info")).result).toEqual({
    dcpInfos: [{ product: "DERIVATIVES", dcpStatus: "ON", timeWindow: "3" }],
  });
  await stage.post("/v5/order/create", { ...market, orderType: "Limit", price: "900", orderLinkId: "dcp" });
  await stage.post("/v5/order/create", {
    ...market,
    category: "spot",
    orderType: "Limit",
    price: "900",
    orderLinkId: "kept",
  });
  const other = await stage.privateStream();
  for (const one of [stream, other]) {
    await one.login();
    one.send({ op: "subscribe", args: ["dcp.future"] });
    expect(await one.next()).toMatchObject({ success: true });
  }
  const fired = written("exchange.dcp");
  const gone = written("connection.closed");
  stream.socket.terminate();
  await gone;
  const find = async (category: string, orderLinkId: string): Promise<unknown> =>
    listOf(await stage.get("/v5/order/realtime", { category, orderLinkId }))[0];
  expect(await find("linear", "dcp")).toMatchObject({ orderStatus: "New" });
  const since = performance.now();
  other.socket.terminate();
  expect(await fired).toMatchObject({ product: "DERIVATIVES", cancelled: 1, windowMs: 3_000 });
  expect(performance.now() - since).toBeGreaterThanOrEqual(2_990);
  expect(await find("linear", "dcp")).toMatchObject({ orderStatus: "Cancelled", cancelType: "CancelByDCP" });
  expect(await find("spot", "kept")).toMatchObject({ orderStatus: "New" });
});

test("an RSA key is not opened by an HMAC", async () => {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const rsaPublicKey = publicKey.export({ type: "spki", format: "pem" }).toString();
  const other = await openStage({ keys: [{ ...key, rsaPublicKey }] });
  const socket = await other.privateStream();
  expect(await socket.login()).toMatchObject({ success: false });
  await other.close();
});
