/** Connections that end: refused, idle, before, within and instead of a reply, and what the journal says of them. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { minutes } from "../../../core/units.ts";
import { bodyOf, get, openWires, tickers, time, type Wires } from "../../testing/wire.ts";

let wires: Wires;
const ttlMs = minutes(60);
beforeEach(async () => void (wires = await openWires()));
afterEach(() => wires.close());

const closed = () => wires.seen("connection.closed");

test.each([
  [{ do: "reset" }, "rst", "reset"],
  [{ do: "close" }, "fin", "fin"],
] as const)("a connection is refused by %o", async (action, end, how) => {
  wires.rest.arm({ match: { on: "connect" }, action, times: 1, ttlMs });
  const refused = await wires.dial();
  expect(await refused.ended).toBe(end);
  expect(refused.received()).toBe("");
  expect(await closed()).toMatchObject({ connection: "rest-1", by: "server", how });
  expect(wires.journal.view().all("rule.hit")).toMatchObject([{ connection: "rest-1", subject: "connect", nth: 1 }]);
  expect(await (await wires.dial()).send(time).until('"retCode":0')).toMatch(/^HTTP\/1\.1 200/);
});

test("only new connections above five a second are reset", async () => {
  wires.rest.arm({ match: { on: "connect", abovePerSecond: 5 }, action: { do: "reset" }, ttlMs });
  const dialled = [];
  for (let i = 0; i < 7; i += 1) dialled.push(await wires.dial());
  await Promise.all(dialled.slice(0, 5).map((wire) => wire.send(time).until('"retCode":0')));
  expect(await Promise.all(dialled.slice(5).map(({ ended }) => ended))).toEqual(["rst", "rst"]);
  expect(wires.journal.view().all("rule.hit")).toMatchObject([{ connection: "rest-6" }, { connection: "rest-7" }]);
});

test.each([
  [{ do: "reset" }, "rst"],
  [{ do: "close" }, "fin"],
] as const)("an idle connection ends by %o, no sooner than the rule says", async (action, end) => {
  const wire = await wires.dial();
  await wire.send(time).until('"retCode":0');
  wires.rest.arm({ match: { on: "idle", idleMs: 60 }, action, ttlMs });
  expect(await wire.ended).toBe(end);
  const request = await wires.seen("exchange.request");
  const close = await closed();
  expect(close.at - request.at).toBeGreaterThanOrEqual(60);
  expect(close).toMatchObject({ by: "server" });
  expect(request).toMatchObject({ outcome: "answered", status: 200, retCode: 0 });
});

test("an idle rule meets connections that were idle before it was armed, and none that is busy", async () => {
  const [idle, busy] = [await wires.dial(), await wires.dial()];
  wires.rest.arm({ match: { path: "/v5/market/time" }, action: { do: "hang" }, ttlMs });
  busy.send(time);
  await wires.seen("rule.hit");
  wires.rest.arm({ match: { on: "idle", idleMs: 20 }, action: { do: "reset" }, ttlMs });
  expect(await idle.ended).toBe("rst");
  await closed();
  expect(wires.journal.view().all("connection.closed")).toMatchObject([{ connection: "rest-1" }]);
  expect(busy.socket.readyState).toBe("open");
});

test("a connection whose request takes longer than idleMs is not idle meanwhile", async () => {
  // Long enough that a slow machine gets the request through before.
  wires.rest.arm({ match: { on: "idle", idleMs: 500 }, action: { do: "reset" }, ttlMs });
  wires.rest.arm({ match: { path: "/v5/market/time" }, action: { do: "delay", ms: 700 }, ttlMs });
  const wire = (await wires.dial()).send(time);
  await wire.until('"retCode":0');
  expect(await wire.ended).toBe("rst");
  expect(wires.journal.view().all("rule.hit")).toMatchObject([{ subject: "GET /v5/market/time" }, { subject: "idle" }]);
});

test("reset-before: RST, nothing executed", async () => {
  wires.rest.arm({ action: { do: "reset-before" }, ttlMs });
  const wire = (await wires.dial()).send(wires.order("never"));
  expect(await wire.ended).toBe("rst");
  expect(wire.received()).toBe("");
  expect(await wires.seen("exchange.request")).toMatchObject({
    ...{ connection: "rest-1", method: "POST", path: "/v5/order/create" },
    ...{ executed: false, outcome: "reset", status: null, retCode: null },
  });
  expect(await closed()).toMatchObject({ by: "server", how: "reset" });
  expect(wires.journal.view().all("exchange.order")).toEqual([]);
});

test("reset-mid-request: RST while the body is still coming", async () => {
  wires.rest.arm({ action: { do: "reset-mid-request", afterBytes: 1_000 }, ttlMs });
  const wire = await wires.dial();
  const text = wires.order("never", "x".repeat(5_000));
  wire.send(text.slice(0, text.indexOf("\r\n\r\n") + 4 + 999));
  await wires.seen("rule.hit");
  // 999 bytes are not enough: a whole reply to somebody else later it is still open.
  wires.rest.clear();
  await (await wires.dial()).send(get("/nowhere")).until("Route not found");
  expect(wire.socket.readyState).toBe("open");
  wire.send("x");
  expect(await wire.ended).toBe("rst");
  expect(await wires.seen("exchange.request", ({ path }) => path === "/v5/order/create")).toMatchObject({
    ...{ executed: false, outcome: "reset", status: null },
  });
  expect(wires.journal.view().all("exchange.order")).toEqual([]);
});

test("reset-mid-reply: so many bytes of the body, then RST", async () => {
  wires.rest.arm({ action: { do: "reset-mid-reply", afterBytes: 20 }, ttlMs });
  const wire = (await wires.dial()).send(tickers);
  expect(await wire.ended).toBe("rst");
  expect(wire.received()).toMatch(/^HTTP\/1\.1 200 OK/);
  expect(bodyOf(wire.received())).toBe('{"retCode":0,"retMsg"'.slice(0, 20));
  expect(await wires.seen("exchange.request")).toMatchObject({
    ...{ executed: true, outcome: "reset", status: 200, retCode: null },
  });
});

test("truncate with the whole length announced: FIN in the middle of the body", async () => {
  wires.rest.arm({ action: { do: "truncate", bytes: 20, announced: "whole" }, ttlMs });
  const wire = (await wires.dial()).send(tickers);
  expect(await wire.ended).toBe("fin");
  expect(bodyOf(wire.received())).toHaveLength(20);
  expect(Number(/content-length: (\d+)/.exec(wire.received())?.[1])).toBeGreaterThan(100);
  expect(await wires.seen("exchange.request")).toMatchObject({ outcome: "closed", status: 200, retCode: null });
  expect(await closed()).toMatchObject({ by: "server", how: "fin" });
});

test.each([
  ["reset", "rst", "reset"],
  ["close", "fin", "closed"],
] as const)("lose-reply by %s: the order is there once, its sender gets no byte", async (by, end, outcome) => {
  wires.rest.arm({ match: { path: "/v5/order/create" }, action: { do: "lose-reply", by }, times: 1, ttlMs });
  const wire = (await wires.dial()).send(wires.order("lost"));
  expect(await wire.ended).toBe(end);
  expect(wire.received()).toBe("");
  expect(await wires.seen("exchange.request")).toMatchObject({ executed: true, outcome, status: null, retCode: null });
  expect(wires.journal.view().all("exchange.order")).toMatchObject([{ orderLinkId: "lost" }]);
  const again = await (await wires.dial()).send(wires.order("lost")).until('"retCode"');
  expect(again).toContain('"retCode":110072');
  expect(wires.journal.view().all("exchange.order")).toHaveLength(1);
  expect(await wires.seen("exchange.request", ({ outcome: seen }) => seen === "answered")).toMatchObject({
    ...{ retCode: 110072, executed: true },
  });
});

test("a connection that its client closes, and one that nobody does, are told apart from ours", async () => {
  const polite = await wires.dial();
  await polite.send(time).until('"retCode":0');
  polite.socket.end();
  expect(await closed()).toMatchObject({ connection: "rest-1", by: "client", how: "fin" });
  const rude = await wires.dial();
  await rude.send(time).until('"retCode":0');
  rude.socket.resetAndDestroy();
  expect(await wires.seen("connection.closed", ({ connection }) => connection === "rest-2")).toMatchObject({
    ...{ by: "network", how: "reset", reason: "ECONNRESET" },
  });
});
