/** The trade stream over a real WebSocket: acks, their headers, and every way to be refused. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentClock } from "../../../core/clock.ts";
import { key, listOf, openStage, type Stage, type Stream } from "../../testing/exchange.ts";

const reader = { key: "reader", secret: "reader-secret", readOnly: true };
const bound = { key: "bound", secret: "bound-secret", symbols: ["BTCUSDT"] };

let stage: Stage;
let stream: Stream;
beforeEach(async () => {
  stage = await openStage({ keys: [key, reader, bound] });
  stream = await stage.tradeStream();
});
afterEach(() => stage.close());

const order = { category: "linear", symbol: "BTCUSDT", side: "Buy", orderType: "Limit", qty: "0.1", price: "900" };
const header = (): Record<string, unknown> => ({ "X-BAPI-TIMESTAMP": Math.floor(stage.exchange.state.clock.now()) });
const ask = (frame: Record<string, unknown>): Promise<Record<string, unknown>> => {
  stream.send({ header: header(), ...frame });
  return stream.next();
};

test("auth and ping have the trade stream's shapes", async () => {
  expect(JSON.stringify(await stream.login())).toMatch(
    /^\{"retCode":0,"retMsg":"OK","op":"auth","connId":"[0-9a-v]{20}-2t"\}$/,
  );
  expect(await stream.login()).toMatchObject({ retCode: 20001, op: "auth" });
  stream.send({ op: "ping", reqId: "p" });
  expect(JSON.stringify(await stream.next())).toMatch(
    /^\{"reqId":"p","retCode":0,"retMsg":"OK","op":"pong","data":\["\d{13}"\],"connId":/,
  );
  const other = await stage.tradeStream();
  other.send({ op: "auth", args: [key.key, 9_999_999_999_999, "00"] });
  expect(await other.next()).toMatchObject({ retCode: 10004, retMsg: "Invalid sign", op: "auth" });
});

test("the journal has what a request says of its orders, acked or not", async () => {
  await stream.login();
  const rule = stage.exchange.faults.trade.arm({
    match: { on: "request", op: "order.create" },
    action: { do: "withhold-ack" },
    ttlMs: 60_000,
  });
  stream.send({ header: header(), reqId: "1", op: "order.create", args: [{ ...order, orderLinkId: "lost" }] });
  stream.send({ op: "ping" });
  await stream.next(({ op }) => op === "pong");
  rule.disarm();
  expect(await ask({ reqId: "2", op: "order.create", args: [{ ...order, orderLinkId: "lost" }] })).toMatchObject({
    retCode: 110072,
  });
  const [unacked, refused] = stage.journal
    .view()
    .all("exchange.stream-request")
    .filter(({ op }) => op === "order.create");
  const orders = [{ orderLinkId: "lost", symbol: "BTCUSDT", side: "Buy" }];
  expect(unacked).toMatchObject({ success: true, answered: false, orders });
  expect(refused).toMatchObject({ success: false, answered: true, orders });
});

test("create, amend and cancel are acked with the limit's headers, and REST sees them", async () => {
  await stream.login();
  const created = await ask({ reqId: "c", op: "order.create", args: [order] });
  expect(Object.keys(created)).toEqual(["reqId", "retCode", "retMsg", "op", "data", "retExtInfo", "header", "connId"]);
  expect(Object.keys(created.header as object)).toEqual([
    ...["X-Bapi-Limit", "X-Bapi-Limit-Status", "X-Bapi-Limit-Reset-Timestamp", "Traceid", "Timenow"],
  ]);
  expect(created).toMatchObject({
    reqId: "c",
    retCode: 0,
    header: { "X-Bapi-Limit": "10", "X-Bapi-Limit-Status": "9" },
  });
  const { orderId } = created.data as { orderId: string };
  const ref = { category: "linear", symbol: "BTCUSDT", orderId };
  expect(await ask({ reqId: "a", op: "order.amend", args: [{ ...ref, price: "910" }] })).toMatchObject({
    retCode: 0,
    data: { orderId },
  });
  const [seen] = listOf(await stage.get("/v5/order/realtime", { category: "linear", orderId }));
  expect(seen).toMatchObject({ price: "910", orderStatus: "New" });
  expect(await ask({ reqId: "x", op: "order.cancel", args: [ref] })).toMatchObject({ retCode: 0, op: "order.cancel" });
  expect(await ask({ op: "order.cancel", args: [ref] })).toMatchObject({ retCode: 110001, data: {} });
});

test("a batch takes from its own bucket and reports item by item", async () => {
  await stream.login();
  const { category, ...item } = order;
  const request = [item, { ...item, qty: "0.001" }, item];
  const ack = await ask({ reqId: "b", op: "order.create-batch", args: [{ category, request }] });
  expect(ack).toMatchObject({
    ...{ retCode: 0, header: { "X-Bapi-Limit-Status": "7" } },
    retExtInfo: { list: [{ code: 0 }, { code: 110094 }, { code: 0 }] },
  });
});

test("REST and the trade stream share a bucket", async () => {
  await stream.login();
  for (let i = 0; i < 9; i += 1) await stage.post("/v5/order/create", order);
  expect(await ask({ op: "order.create", args: [order] })).toMatchObject({
    retCode: 0,
    header: { "X-Bapi-Limit-Status": "0" },
  });
  expect(await ask({ op: "order.create", args: [order] })).toMatchObject({ retCode: 10006, data: {} });
});

test("a reqId is used once", async () => {
  await stream.login();
  await ask({ reqId: "same", op: "order.create", args: [order] });
  const again = await ask({ reqId: "same", op: "order.create", args: [order] });
  expect(again).toMatchObject({ reqId: "same", retCode: 20006, retMsg: "Duplicate reqId", data: {} });
});

test.each([
  ["an unknown op", { op: "order.dance", args: [order] }, 10404],
  ["a REST-only op", { op: "order.cancel-all", args: [order] }, 10404],
  ["an unknown category", { op: "order.create", args: [{ ...order, category: "moon" }] }, 10404],
  ["no header", { op: "order.create", args: [order], header: {} }, 10001],
  ["an old timestamp", { op: "order.create", args: [order], header: { "X-BAPI-TIMESTAMP": "1" } }, 10002],
  ["two args", { op: "order.create", args: [order, order] }, 10001],
  ["a long reqId", { op: "order.create", args: [order], reqId: "x".repeat(37) }, 10001],
  ["a bad order", { op: "order.create", args: [{ ...order, side: "Up" }] }, 10001],
])("refused: %s", async (_what, frame, retCode) => {
  await stream.login();
  expect(await ask(frame)).toMatchObject({ retCode, data: {}, connId: expect.any(String) as unknown });
  expect(listOf(await stage.get("/v5/order/realtime", { category: "linear", settleCoin: "USDT" }))).toEqual([]);
});

test("without auth nothing is done; without permission the ack has no reqId", async () => {
  expect(await ask({ reqId: "u", op: "order.create", args: [order] })).toMatchObject({ reqId: "u", retCode: 10004 });
  await stream.login(reader);
  const denied = await ask({ reqId: "d", op: "order.create", args: [order] });
  expect(denied).toMatchObject({ retCode: 10005 });
  expect(denied).not.toHaveProperty("reqId");
});

test("a key that is bound to symbols trades no other", async () => {
  await stream.login(bound);
  expect(await ask({ op: "order.create", args: [{ ...order, symbol: "ETHUSDT" }] })).toMatchObject({ retCode: 10029 });
  expect(await ask({ op: "order.create", args: [order] })).toMatchObject({ retCode: 0 });
});

test.each([
  [true, 10403],
  [false, 10404],
])(
  "one address has 3,000 requests a second, or as many as it likes where nothing is limited: %s",
  async (limited, code) => {
    const clock = incidentClock({ start: "2026-01-01T00:30:00Z", compression: 1 });
    const own = await openStage({ limited, clock: { ...clock, now: () => clock.startMs } });
    const busy = await own.tradeStream();
    await busy.login();
    for (let i = 0; i <= 3_000; i += 1) busy.send({ op: "order.dance", reqId: String(i) });
    expect(await busy.next(({ reqId }) => reqId === "2999")).toMatchObject({ retCode: 10404 });
    expect(await busy.next(({ reqId }) => reqId === "3000")).toMatchObject({ retCode: code });
    await own.close();
  },
);
