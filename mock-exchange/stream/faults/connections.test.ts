/** Faults of a connection as such, as a bare client and the journal see them. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { seconds } from "../../../core/units.ts";
import { openFaultStage, type FaultStage } from "../../testing/fault-stage.ts";

let stage: FaultStage;
beforeEach(async () => {
  stage = await openFaultStage();
});
afterEach(() => stage.close());

const topic = "orderbook.50.BTCUSDT";
const u = (message: Record<string, unknown>): number => (message.data as { u: number }).u;

/** Sends a ping and waits for its answer: the connection is in order. */
async function answers(client: ReturnType<FaultStage["dial"]>): Promise<void> {
  client.send({ op: "ping" });
  await client.next(({ ret_msg }) => ret_msg === "pong");
}

test.each([
  [1000, ""],
  [1012, "service restart"],
  [4001, "later"],
])("close %i: a close frame with its reason, on that connection only", async (code, reason) => {
  const [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
  stage.arm("public", { do: "close", code, reason }, { connection: 1 });
  await hit.until(() => hit.frames.length > 0);
  const [frame] = hit.frames;
  expect(frame?.head).toBe(0x88);
  expect([frame?.payload.readUInt16BE(0), frame?.payload.toString("utf8", 2)]).toEqual([code, reason]);
  hit.sendFrame(0x8, frame?.payload ?? Buffer.alloc(0));
  expect(await hit.ended).toBe("fin");
  expect(await stage.seen("connection.closed")).toMatchObject({
    ...{ connection: "public-1", by: "server", how: "close-frame", code, reason },
  });
  const answered = await stage.seen("connection.close-answered");
  expect(answered).toMatchObject({ connection: "public-1", code });
  expect(answered.afterMs).toBeGreaterThanOrEqual(0);
  expect(stage.all("rule.hit")).toMatchObject([{ connection: "public-1", subject: "live", nth: 1 }]);
  await answers(other);
  expect(stage.all("connection.closed")).toHaveLength(1);
});

test("close 1005 is a close frame without a code; a client that never answers is let go, and not said to have answered", async () => {
  const client = await stage.dial().opened();
  stage.arm("public", { do: "close", code: 1005 });
  await client.until(() => client.frames.length > 0);
  expect(client.frames[0]?.payload).toHaveLength(0);
  expect(await stage.seen("connection.closed")).toMatchObject({ by: "server", how: "close-frame", code: 1005 });
  expect(stage.all("connection.close-answered")).toEqual([]);
});

test("a client that answers another code, as aiohttp and pybit do, was closed with ours", async () => {
  const client = await stage.dial().opened();
  stage.arm("public", { do: "close", code: 1012 });
  await client.until(() => client.frames.length > 0);
  client.sendFrame(0x8, Buffer.from([0x03, 0xe8]));
  expect(await stage.seen("connection.close-answered")).toMatchObject({ code: 1000 });
  expect(await stage.seen("connection.closed")).toMatchObject({ by: "server", how: "close-frame", code: 1012 });
});

test("a connection that we have closed is not met again, and the time of its answer counts from the first close", async () => {
  const [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
  stage.arm("public", { do: "close", code: 1000 }, {}, { times: 1 });
  await hit.until(() => hit.frames.length > 0);
  for (let nth = 0; nth < 20; nth += 1) await answers(other);
  const waitedFrom = stage.all("rule.hit")[0]?.at ?? Infinity;
  stage.arm("public", { do: "close", code: 1001 }, {}, { times: 1 });
  await other.until(() => other.frames.some(({ head }) => head === 0x88));
  hit.sendFrame(0x8, hit.frames[0]?.payload ?? Buffer.alloc(0));
  const answered = await stage.seen("connection.close-answered", ({ connection }) => connection === "public-1");
  expect(stage.all("rule.hit").map(({ connection }) => connection)).toEqual(["public-1", "public-2"]);
  const secondAt = stage.all("rule.hit")[1]?.at ?? Infinity;
  expect(answered.afterMs).toBeGreaterThan(secondAt - waitedFrom - 1);
});

test.each([
  [{ do: "close", code: 1006 }, "fin"],
  [{ do: "fin" }, "fin"],
  [{ do: "reset" }, "reset"],
] as const)("%j: the client sees a bare %s", async (action, how) => {
  const client = await stage.dial().opened();
  stage.arm("public", action);
  expect(await client.ended).toBe(how);
  expect(client.frames).toEqual([]);
  client.socket.end();
  expect(await stage.seen("connection.closed")).toMatchObject({ by: "server", how, code: 1006 });
});

test("what the client does by itself is not put down to the server", async () => {
  const clients = [await stage.dial().opened(), await stage.dial().opened(), await stage.dial().opened()];
  clients[0]?.sendFrame(0x8, Buffer.from([0x03, 0xe8]));
  clients[1]?.socket.end();
  clients[2]?.socket.resetAndDestroy();
  const how = async (connection: string): Promise<unknown[]> => {
    const closed = await stage.seen("connection.closed", (event) => event.connection === connection);
    return [closed.by, closed.how, closed.code];
  };
  expect(await how("public-1")).toEqual(["client", "close-frame", 1000]);
  expect(await how("public-2")).toEqual(["network", "fin", 1006]);
  expect(await how("public-3")).toEqual(["network", "reset", 1006]);
});

test("stall: nothing comes and nothing is answered, and after it everything does, in order, on the same connection", async () => {
  const [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
  for (const client of [hit, other]) await client.subscribe(topic);
  await hit.count(topic, 3);
  const rule = stage.arm("public", { do: "stall" }, { connection: "public-1" });
  hit.send({ op: "ping", req_id: "during" });
  // What was on its way when the stall began may still arrive, before the other has got as much again.
  await other.count(topic, other.of(topic).length + 50);
  const arrived = hit.frames.length;
  await other.count(topic, other.of(topic).length + 50);
  await answers(other);
  expect(hit.frames).toHaveLength(arrived);
  expect(hit.messages.some(({ req_id }) => req_id === "during")).toBe(false);
  const newest = other.of(topic).at(-1) ?? {};
  rule.disarm();
  await hit.next(({ req_id }) => req_id === "during");
  await hit.until(() => hit.of(topic).some((message) => u(message) >= u(newest)));
  const numbers = hit.of(topic).map(u);
  expect(numbers).toEqual(numbers.map((_number, at) => (numbers[0] ?? 0) + at));
  expect(stage.all("exchange.stream-healed")).toMatchObject([{ rule: rule.id, connection: "public-1" }]);
  hit.socket.destroy();
  const delivered = await stage.seen("exchange.stream-delivered", ({ connection }) => connection === "public-1");
  expect(delivered.frames[topic]).toBeGreaterThanOrEqual(numbers.length);
});

test("stall: what was held is not counted as delivered where it is never healed, and the client's close is seen at once", async () => {
  const [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
  for (const client of [hit, other]) await client.subscribe(topic);
  await hit.count(topic, 2);
  stage.arm("public", { do: "stall" }, { connection: 1 });
  await other.count(topic, other.of(topic).length + 50);
  hit.socket.end();
  const closed = await stage.seen("connection.closed");
  expect(closed).toMatchObject({ connection: "public-1", by: "network", how: "fin" });
  expect(stage.all("rule.ended")).toEqual([]);
  const [delivered] = stage.all("exchange.stream-delivered");
  expect(delivered?.frames[topic]).toBe(hit.of(topic).length);
});

test("stall that ends with a reset: nothing held arrives, the client sees a reset, and nobody else does", async () => {
  const [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
  for (const client of [hit, other]) await client.subscribe(topic);
  await hit.count(topic, 2);
  const rule = stage.arm("public", { do: "stall", atHeal: "reset" }, { connection: 1 });
  hit.send({ op: "ping", req_id: "during" });
  await other.count(topic, other.of(topic).length + 50);
  const arrived = hit.frames.length;
  await other.count(topic, other.of(topic).length + 50);
  expect(stage.all("connection.closed")).toEqual([]);
  rule.disarm();
  expect(await hit.ended).toBe("reset");
  expect(hit.frames).toHaveLength(arrived);
  expect(await stage.seen("connection.closed")).toMatchObject({ connection: "public-1", by: "server", how: "reset" });
  expect(stage.all("exchange.stream-healed")).toMatchObject([{ rule: rule.id, connection: "public-1" }]);
  await answers(other);
  expect(stage.all("connection.closed")).toHaveLength(1);
});

test("stall that ends with a reset, on a connection that the client has left before: nothing more happens", async () => {
  const client = await stage.dial().opened();
  const rule = stage.arm("public", { do: "stall", atHeal: "reset" }, { connection: 1 });
  client.socket.resetAndDestroy();
  expect(await stage.seen("connection.closed")).toMatchObject({ connection: "public-1", by: "network" });
  rule.disarm();
  await answers(await stage.dial().opened());
  expect(stage.all("connection.closed")).toHaveLength(1);
});

test("stall on a request: the request is answered when the time to live is over, and those behind it in order", async () => {
  const client = await stage.dial().opened();
  stage.arm("public", { do: "stall" }, { on: "request", op: "ping" }, { times: 1, ttlMs: seconds(20) });
  client.send({ op: "ping", req_id: "1" });
  client.send({ op: "ping", req_id: "2" });
  await client.next(({ req_id }) => req_id === "2");
  expect(client.messages.map(({ req_id }) => req_id)).toEqual(["1", "2"]);
  const [armed] = stage.all("exchange.stream-fault");
  const pings = stage.all("exchange.stream-request");
  expect(pings).toHaveLength(2);
  for (const { at } of pings) expect(at - (armed?.at ?? Infinity)).toBeGreaterThanOrEqual(seconds(20));
  expect(stage.all("rule.ended")).toMatchObject([{ why: "used-up", hits: 1 }]);
});

test.each([
  ["in the order they began", [0, 1]],
  ["in the other order", [1, 0]],
] as const)("two stalls of one connection, healed %s: it stands still until both are over", async (_order, healed) => {
  const [hit, other] = [await stage.dial().opened(), await stage.dial().opened()];
  const rules = [0, 1].map(() => stage.arm("public", { do: "stall" }, { connection: 1 }));
  hit.send({ op: "ping", req_id: "during" });
  const [first, last] = healed.map((at) => rules[at]);
  first?.disarm();
  // Another connection gets its answers meanwhile, so this one had the time to.
  for (let nth = 0; nth < 20; nth += 1) await answers(other);
  expect(hit.messages).toEqual([]);
  last?.disarm();
  await hit.next(({ req_id }) => req_id === "during");
  expect(stage.all("exchange.stream-healed").map(({ rule }) => rule)).toEqual([first?.id, last?.id]);
  // Healed twice over it is a connection like any other: a third stall holds it, and lets it go.
  const third = stage.arm("public", { do: "stall" }, { connection: 1 });
  hit.send({ op: "ping", req_id: "again" });
  await answers(other);
  expect(hit.messages).toHaveLength(1);
  third.disarm();
  await hit.next(({ req_id }) => req_id === "again");
});

test.each([
  ["a stall", { do: "stall" }, { on: "live", new: true }],
  ["a stall from a request on", { do: "stall" }, { on: "request", op: "ping" }],
  ["the silence of a topic", { do: "silence" }, { topic }],
] as const)("%s that is disarmed by whoever hears of the hit leaves nothing behind", async (_what, action, match) => {
  const rule = stage.arm("public", action, match);
  const stop = stage.journal.subscribe(({ type }) => {
    if (type === "rule.hit") rule.disarm();
  });
  const client = await stage.dial().opened();
  await answers(client);
  await client.subscribe(topic);
  await client.count(topic, 3);
  stop();
  expect(stage.all("rule.hit")).toHaveLength(1);
  expect(stage.all("rule.ended")).toMatchObject([{ rule: rule.id, why: "disarmed", hits: 1 }]);
  expect(stage.all("exchange.stream-healed")).toMatchObject([{ rule: rule.id, connection: "public-1" }]);
  const numbers = client.of(topic).map(u);
  await client.count(topic, numbers.length + 2);
});

test("a stalled dial that is disarmed by whoever hears of the hit is opened", async () => {
  const rule = stage.arm("public", { do: "stall-upgrade" });
  stage.journal.subscribe(({ type }) => {
    if (type === "rule.hit") rule.disarm();
  });
  await answers(await stage.dial().opened());
  expect(stage.all("exchange.stream-healed")).toHaveLength(1);
});

test("mid-frame-reset: half of a frame, then ECONNRESET", async () => {
  const client = await stage.dial().opened();
  await client.subscribe(topic);
  const seen = (await client.count(topic, 2)).length;
  stage.arm("public", { do: "mid-frame-reset" }, { topic }, { times: 1 });
  expect(await client.ended).toBe("reset");
  expect(client.rest.length).toBeGreaterThan(2);
  expect(client.rest.toString("utf8")).toContain(topic);
  expect(await stage.seen("connection.closed")).toMatchObject({ by: "server", how: "reset" });
  const [delivered] = stage.all("exchange.stream-delivered");
  expect(delivered?.frames[topic]).toBe(client.of(topic).length);
  expect(client.of(topic).length).toBeGreaterThanOrEqual(seen);
});

test.each([
  ["rsv", [0xa1, 0x02]],
  ["close-code", [0x88, 0x02, 0x03, 0xed]],
  ["opcode", [0x83, 0x00]],
] as const)("bad-frame %s: exactly these bytes", async (kind, bytes) => {
  const client = await stage.dial().opened();
  stage.arm("public", { do: "bad-frame", kind });
  await client.until(() => client.frames.length > 0);
  const [frame] = client.frames;
  const sent = [frame?.head ?? 0, frame?.payload.length ?? 0, ...(frame?.payload ?? [])];
  expect(sent.slice(0, bytes.length)).toEqual(bytes);
});

test("bad-frame masked: the mask bit is set", async () => {
  const client = await stage.dial().opened();
  const bytes: number[] = [];
  client.socket.on("data", (chunk: Buffer) => bytes.push(...chunk));
  stage.arm("public", { do: "bad-frame", kind: "masked" });
  await client.until(() => bytes.length >= 8);
  expect(bytes).toEqual([0x81, 0x82, 0, 0, 0, 0, 0x7b, 0x7d]);
});

test("a live rule meets the connections there are, and with `new` those to come", async () => {
  const first = await stage.dial().opened();
  const rule = stage.arm("public", { do: "reset" }, { on: "live" });
  expect(await first.ended).toBe("reset");
  const second = await stage.dial().opened();
  await answers(second);
  rule.disarm();
  stage.arm("public", { do: "reset" }, { on: "live", new: true }, { skip: 1 });
  await answers(second);
  expect(await stage.dial().ended).toBe("reset");
});

test("probe: a pong without the ping's data answers the newest one", async () => {
  const client = await stage.dial().opened();
  const rule = stage.arm("public", { do: "probe", everyMs: 5_000 });
  await client.until(() => client.frames.length >= 2);
  client.sendFrame(0xa, Buffer.alloc(0));
  expect(await stage.seen("connection.pong")).toMatchObject({ connection: "public-1", nth: 2 });
  rule.disarm();
});

test("probe: each ping and its pong are written down, and stop when it is disarmed", async () => {
  const client = await stage.dial().opened();
  const rule = stage.arm("public", { do: "probe", everyMs: 5_000 });
  await client.until(() => client.frames.length >= 2);
  expect(client.frames.map(({ head, text }) => [head, text])).toEqual([
    [0x89, "1"],
    [0x89, "2"],
  ]);
  expect(stage.all("connection.pong")).toEqual([]);
  await stage.clock.sleep(2_000);
  client.sendFrame(0xa, Buffer.from("2"));
  const pong = await stage.seen("connection.pong");
  expect(pong).toMatchObject({ connection: "public-1", nth: 2 });
  expect(pong.afterMs).toBeGreaterThanOrEqual(2_000);
  rule.disarm();
  const pinged = stage.all("connection.pinged").length;
  await stage.clock.sleep(15_000);
  expect(stage.all("connection.pinged")).toHaveLength(pinged);
});
