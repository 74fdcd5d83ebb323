/** Answers that come late, in drops, or never: delay, drip, hang, and who gave up first. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { random } from "../../../core/random.ts";
import { minutes, seconds } from "../../../core/units.ts";
import { bodyOf, openWires, tickers, time, type Wires } from "../../testing/wire.ts";

let wires: Wires;
const ttlMs = minutes(600);
beforeEach(async () => void (wires = await openWires({ compression: 60 })));
afterEach(() => wires.close());

test("delay: not sooner than it says, with jitter that the seed fixes", async () => {
  wires.rest.arm({
    match: { path: "/v5/market/tickers" },
    action: { do: "delay", ms: seconds(6), jitterMs: seconds(2) },
    ttlMs,
  });
  const wire = await wires.dial();
  await wire.send(tickers).until('"retCode":0');
  const first = await wires.seen("exchange.request");
  expect(first).toMatchObject({ outcome: "answered", executed: true, retCode: 0 });
  const jitter = random("firedrill").fork("rest-faults").next();
  expect(first.at - first.receivedAt).toBeGreaterThanOrEqual(seconds(6) + jitter * seconds(2));
});

test.each([false, true])("an order that is delayed with executeFirst %s", async (executeFirst) => {
  wires.rest.arm({ action: { do: "delay", ms: seconds(4), executeFirst }, ttlMs });
  await (await wires.dial()).send(wires.order("slow")).until('"retCode":0');
  const order = await wires.seen("exchange.order");
  const request = await wires.seen("exchange.request");
  if (executeFirst) expect(request.at - order.at).toBeGreaterThanOrEqual(seconds(4));
  else expect(order.at - request.receivedAt).toBeGreaterThanOrEqual(seconds(4));
});

test("drip: the whole reply, at so many bytes a second", async () => {
  wires.rest.arm({ action: { do: "drip", bytesPerSecond: 10 }, ttlMs });
  const wire = (await wires.dial()).send(time);
  const parts: number[] = [];
  wire.socket.on("data", (part: string) => parts.push(part.length));
  const request = await wires.seen("exchange.request");
  const body = bodyOf(await wire.until(/"time":\d{13}\}/));
  expect(request).toMatchObject({ outcome: "answered", status: 200, retCode: 0 });
  expect(parts.length).toBeGreaterThan(5);
  expect(request.at - request.receivedAt).toBeGreaterThanOrEqual((body.length / 10) * 1_000 - 1);
  expect(JSON.parse(body)).toMatchObject({ retCode: 0, retMsg: "OK" });
});

test.each([
  ["before the work", { do: "hang" }, 0],
  ["after the work", { do: "hang", executeFirst: true }, 1],
  ["as a lost reply", { do: "lose-reply", by: "hang" }, 1],
] as const)("hang %s: silence, until the client gives up", async (_when, action, orders) => {
  wires.rest.arm({ match: { path: "/v5/order/*" }, action, ttlMs });
  const wire = (await wires.dial()).send(wires.order("hung"));
  await wires.seen("rule.hit");
  // Others are served meanwhile, long after the hung one should have been.
  await (await wires.dial()).send(time).until('"retCode":0');
  await wires.clock.sleep(seconds(10));
  expect(wire.received()).toBe("");
  expect(wire.socket.readyState).toBe("open");
  wire.socket.end();
  const request = await wires.seen("exchange.request", ({ method }) => method === "POST");
  expect(request).toMatchObject({ outcome: "abandoned", executed: orders === 1, status: null, retCode: null });
  expect(request.at - request.receivedAt).toBeGreaterThanOrEqual(seconds(10));
  expect(wires.journal.view().all("exchange.order")).toHaveLength(orders);
  expect(await wires.seen("connection.closed")).toMatchObject({ connection: "rest-1", by: "client" });
});

test("a delayed order whose client has given up is not placed after all", async () => {
  wires.rest.arm({ action: { do: "delay", ms: seconds(4) }, times: 1, ttlMs });
  const wire = (await wires.dial()).send(wires.order("given-up"));
  await wires.seen("rule.hit");
  wire.socket.resetAndDestroy();
  expect(await wires.seen("exchange.request")).toMatchObject({ outcome: "abandoned", executed: false });
  await wires.clock.sleep(seconds(8));
  expect(wires.journal.view().all("exchange.order")).toEqual([]);
});

test("what waits is dropped when the exchange closes, and is in the journal", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((what) => what === "Timeout").length;
  const before = timers();
  const own = await openWires({ compression: 60 });
  own.rest.arm({ match: { path: "/v5/market/time" }, action: { do: "hang" }, ttlMs });
  own.rest.arm({ match: { path: "/v5/market/tickers" }, action: { do: "delay", ms: minutes(300) }, ttlMs });
  own.rest.arm({ match: { on: "idle", idleMs: minutes(300) }, action: { do: "reset" }, ttlMs });
  for (const text of [time, tickers]) (await own.dial()).send(text);
  await own.dial();
  await own.seen("rule.hit", ({ subject }) => subject.endsWith("time"));
  await own.seen("rule.hit", ({ subject }) => subject.endsWith("tickers"));
  await own.close();
  expect(timers()).toBeLessThanOrEqual(before);
  const requests = own.journal.view().all("exchange.request");
  expect(requests.map(({ path }) => path).sort()).toEqual(["/v5/market/tickers", "/v5/market/time"]);
  const unanswered = { outcome: "unanswered", executed: false, status: null };
  expect(requests).toMatchObject([unanswered, unanswered]);
  const ends = own.journal.view().all("rule.ended");
  expect(ends.map(({ why }) => why)).toEqual(["disarmed", "disarmed", "disarmed"]);
});
