import type { ServerResponse } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { PooledSession, type HttpReply } from "./session.ts";
import { envelope, served } from "./testing/served.ts";

const get = (path: string, timeoutMs?: number) => ({
  ...({ method: "GET", path, headers: {}, body: null, timeoutMs } as const),
});

function sessionTo(url: string) {
  const session = new PooledSession(url);
  onTestFinished(() => session.close());
  const ask = (path: string): Promise<HttpReply> => session.turn(false, () => session.request(get(path)));
  return { session, ask };
}

test("one connection serves request after request", async () => {
  const server = await served((_request, reply) => envelope(reply));
  const { ask } = sessionTo(server.url);
  for (let n = 0; n < 20; n += 1) expect((await ask(`/${n}`)).status).toBe(200);
  expect(server.connections.made).toBe(1);
});

test("a burst shares the connection that there is instead of dialling one for each request", async () => {
  const server = await served((_request, reply) => envelope(reply));
  const { ask } = sessionTo(server.url);
  await Promise.all(Array.from({ length: 50 }, (_, n) => ask(`/${n}`)));
  expect(server.requests).toHaveLength(50);
  expect(server.connections.made).toBe(1);
});

test("signed calls go before the others that wait", async () => {
  const waiting: ServerResponse[] = [];
  const server = await served((_request, reply) => waiting.push(reply));
  const { session, ask } = sessionTo(server.url);
  const first = ask("/first");
  const market = ask("/market");
  const order = session.turn(true, () => session.request(get("/order")));
  for (let answered = 0; answered < 3; answered += 1) {
    await expect.poll(() => waiting.length).toBe(answered + 1);
    const reply = waiting[answered];
    if (reply !== undefined) envelope(reply);
  }
  await Promise.all([first, market, order]);
  expect(server.requests).toEqual(["GET /first", "GET /order", "GET /market"]);
});

test("a renewed session lets what is under way end on its old connection, and dials a new one", async () => {
  const waiting: ServerResponse[] = [];
  const server = await served((_request, reply) => waiting.push(reply));
  const { session, ask } = sessionTo(server.url);
  const before = ask("/before");
  await expect.poll(() => waiting.length).toBe(1);
  const renewed = session.recycle();
  const after = ask("/after");
  await expect.poll(() => waiting.length, { timeout: 5_000 }).toBe(2);
  expect(server.connections.made).toBe(2);
  for (const reply of waiting) envelope(reply);
  expect((await before).status).toBe(200);
  expect((await after).status).toBe(200);
  await renewed;
  await expect.poll(() => server.connections.open.size).toBe(1);
});

test("a connection that is reset under a request is an error, and the next request has another one", async () => {
  const server = await served((request, reply) => {
    if (request.url === "/reset") request.socket.resetAndDestroy();
    else envelope(reply);
  });
  const { ask } = sessionTo(server.url);
  await expect(ask("/reset")).rejects.toThrow();
  expect((await ask("/next")).status).toBe(200);
  expect(server.connections.made).toBe(2);
});

test("half a body is an error and no reply", async () => {
  const server = await served((request, reply) => {
    reply.writeHead(200, { "content-length": "100" });
    reply.write("half", () => request.socket.destroy());
  });
  await expect(sessionTo(server.url).ask("/half")).rejects.toThrow();
});

test("an answer that takes too long is given up", async () => {
  const server = await served(() => undefined);
  const { session } = sessionTo(server.url);
  await expect(session.turn(false, () => session.request(get("/hangs", 50)))).rejects.toThrow(
    "not answered within 50 ms",
  );
});

test("what waits for a connection when the session is closed is rejected", async () => {
  const server = await served(() => undefined);
  const { session, ask } = sessionTo(server.url);
  const sent = ask("/sent").catch((error: unknown) => error);
  const waits = ask("/waits").catch((error: unknown) => error);
  await expect.poll(() => server.requests.length).toBe(1);
  await session.close();
  expect(await sent).toBeInstanceOf(Error);
  expect(await waits).toEqual(new Error("the session is closed"));
  expect(server.requests).toEqual(["GET /sent"]);
});
