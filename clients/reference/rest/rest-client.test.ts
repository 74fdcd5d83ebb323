import type { IncomingMessage, ServerResponse } from "node:http";
import { noop } from "cockatiel";
import { expect, onTestFinished, test } from "vitest";
import { CollapsedWarnings } from "../warnings.ts";
import { stopWhileBanned } from "./ban.ts";
import { BadReply, Banned, NoAnswer, Refused, Withdrawn } from "./errors.ts";
import { PoolHealth } from "./pool-health.ts";
import { LimitsFromHeaders } from "./rate-limits.ts";
import { RestClient, type RestOptions } from "./rest-client.ts";
import { MeasuredClock } from "./server-clock.ts";
import { PooledSession } from "./session.ts";
import { envelope, served } from "./testing/served.ts";

/** The client as it is shipped, but that a failed attempt is not repeated unless the test says so. */
async function client(
  answer: (request: IncomingMessage, reply: ServerResponse) => unknown,
  options: Partial<RestOptions> = {},
) {
  const server = await served((request, reply) => {
    if (request.url === "/v5/market/time") envelope(reply, { result: { timeNano: `${Date.now()}000000` } });
    else answer(request, reply);
  });
  const session = new PooledSession(server.url);
  onTestFinished(() => session.close());
  const rest = new RestClient({
    ...{ key: "key", secret: "secret", session, health: new PoolHealth(session.limit, new CollapsedWarnings()) },
    ...{ timeouts: () => 1_000, retry: () => noop, limits: new LimitsFromHeaders(), ban: stopWhileBanned },
    clock: (askTime) => new MeasuredClock(askTime),
    ...options,
  });
  return { rest, server };
}

test("a public call carries no signature, a signed one carries it over its query", async () => {
  const signed: boolean[] = [];
  const { rest, server } = await client((request, reply) => {
    signed.push("x-bapi-sign" in request.headers);
    envelope(reply, { result: { list: [1, 2] } });
  });
  expect(await rest.list("/v5/market/kline", { symbol: "BTCUSDT" })).toEqual([1, 2]);
  await rest.get("/v5/position/list", { category: "linear" });
  expect(signed).toEqual([false, true]);
  expect(server.requests).toEqual(["GET /v5/market/kline?symbol=BTCUSDT", "GET /v5/position/list?category=linear"]);
});

test.each<[string, (request: IncomingMessage, reply: ServerResponse) => unknown, new (...args: never[]) => Error]>([
  ["a page", (_request, reply) => reply.writeHead(502).end("<html>"), BadReply],
  ["a ban", (_request, reply) => reply.writeHead(403).end(), Banned],
  ["a refusal", (_request, reply) => envelope(reply, { retCode: 10001, retMsg: "params error" }), Refused],
  ["a reset", (request) => request.socket.resetAndDestroy(), NoAnswer],
  ["a reply without a list", (_request, reply) => envelope(reply, { result: {} }), Refused],
])("%s is an error of its own kind, and never data", async (_what, answer, kind) => {
  const { rest } = await client(answer);
  await expect(rest.list("/v5/market/kline", {})).rejects.toBeInstanceOf(kind);
});

test("refused for its timestamp: it asks the time, signs anew and sends once more", async () => {
  const timestamps: string[] = [];
  const { rest, server } = await client((request, reply) => {
    timestamps.push(String(request.headers["x-bapi-timestamp"]));
    envelope(reply, timestamps.length === 1 ? { retCode: 10002, retMsg: "timestamp" } : {});
  });
  await rest.get("/v5/position/list", {});
  expect(server.requests.filter((request) => request.startsWith("GET /v5/position/list"))).toHaveLength(2);
  expect(server.requests[1]).toBe("GET /v5/market/time");
});

test("refused for its timestamp twice is an error, not a loop", async () => {
  const { rest, server } = await client((_request, reply) => envelope(reply, { retCode: 10002, retMsg: "timestamp" }));
  await expect(rest.get("/v5/position/list", {})).rejects.toMatchObject({ retCode: 10002 });
  expect(server.requests.filter((request) => request.startsWith("GET /v5/position/list"))).toHaveLength(2);
});

test("while the clock is being measured nothing is signed", async () => {
  let tellTime = (): void => undefined;
  const asked = Promise.withResolvers<undefined>();
  const clock = {
    now: () => Date.now(),
    sync: () => new Promise<void>((resolve) => (asked.resolve(undefined), (tellTime = resolve))),
  };
  const { rest, server } = await client((_request, reply) => envelope(reply), { clock: () => clock });
  const syncing = rest.syncClock();
  await asked.promise;
  const order = rest.post("/v5/order/create", {});
  await rest.market("/v5/market/tickers", {});
  expect(server.requests).toEqual(["GET /v5/market/tickers?"].map((line) => line.replace("?", "")));
  tellTime();
  await Promise.all([syncing, order]);
  expect(server.requests.at(-1)).toBe("POST /v5/order/create");
});

test("after a 403 nothing is sent, and who asks learns why", async () => {
  const { rest, server } = await client((_request, reply) => reply.writeHead(403).end());
  for (let n = 0; n < 3; n += 1) await expect(rest.market("/v5/market/tickers", {})).rejects.toBeInstanceOf(Banned);
  expect(server.requests).toHaveLength(1);
});

test("an order that is not wanted any more when its turn comes is not sent", async () => {
  const { rest, server } = await client((_request, reply) => envelope(reply));
  await expect(rest.post("/v5/order/create", {}, () => false)).rejects.toBeInstanceOf(Withdrawn);
  expect(server.requests).toEqual([]);
});

test("a call that waited for a connection waits again where its endpoint was closed meanwhile", async () => {
  let n = 0;
  const { rest, server } = await client((_request, reply) => {
    n += 1;
    const headers = { "X-Bapi-Limit-Reset-Timestamp": String(Date.now() + 1_500) };
    envelope(reply, n === 1 ? { retCode: 10006, retMsg: "Too many visits.", headers } : {});
  });
  const refused = rest.market("/v5/market/tickers", { symbol: "BTCUSDT" }).catch((error: unknown) => error);
  const behind = rest.market("/v5/market/tickers", { symbol: "ETHUSDT" });
  const refusedAt = await refused.then((error) => {
    expect(error).toMatchObject({ retCode: 10006 });
    return performance.now();
  });
  await behind;
  // As the reset says: where none is named it is a second.
  expect(performance.now() - refusedAt).toBeGreaterThan(1_400);
  expect(server.requests).toHaveLength(2);
});
