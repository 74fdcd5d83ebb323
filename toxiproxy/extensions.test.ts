/** What the engine's API has beyond Toxiproxy's: time to live, targets, changes at one blow, the feed; and `refuse`. */

import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { call, ok } from "../test/conformance/api.ts";
import { Line, portOf } from "../test/conformance/wire.ts";
import type { FedEvent } from "./event-feed.ts";
import { watched } from "./testing/watched.ts";

const stall = (name: string, more: object = {}): never => ({ name, type: "stall", ...more }) as never;

test("a toxic with a time to live removes itself and delivers what it held", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  const { client, server } = await line.connect();
  await line.add(stall("short", { ttl_ms: 100 }));
  expect(await ok(watch.engine, "GET", `${line.path}/toxics/short`)).toMatchObject({ ttl_ms: 100 });
  server.send("held");
  await client.receives(4);
  expect(await watch.seen("toxic-expired")).toMatchObject({ toxic: "short", ttlMs: 100 });
  expect(await ok(watch.engine, "GET", `${line.path}/toxics`)).toEqual([]);
});

test("a toxic that is removed before its time does not take a namesake with it", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  await line.add(stall("same", { ttl_ms: 60 }));
  await line.remove("same");
  await line.add(stall("same"));
  await line.add(stall("later", { ttl_ms: 120 }));
  expect(await watch.seen("toxic-expired")).toMatchObject({ toxic: "later" });
  expect(await ok(watch.engine, "GET", `${line.path}/toxics`)).toMatchObject([{ name: "same" }]);
});

test("a toxic for one connection leaves the others alone, those that come later too", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  const first = await line.connect();
  const second = await line.connect();
  await line.add(stall("one", { connection: 2 }));
  const third = await line.connect();
  for (const { server } of [first, second, third]) server.send("word");
  await first.client.receives(4);
  await third.client.receives(4);
  expect(await watch.seen("toxic-hit")).toMatchObject({ connection: `${line.proxy.name}/2` });
  expect(second.client.text).toBe("");
  await line.remove("one");
  await second.client.receives(4);
});

test("several toxics of several proxies change at one blow, or not at all", async () => {
  await using watch = await watched();
  await using a = await Line.open(watch.engine);
  await using b = await Line.open(watch.engine);
  const names = async (line: Line): Promise<string[]> =>
    (await ok<{ name: string }[]>(watch.engine, "GET", `${line.path}/toxics`)).map(({ name }) => name);
  const add = [
    { proxy: a.proxy.name, name: "up", type: "stall", stream: "upstream" },
    { proxy: a.proxy.name, name: "down", type: "stall" },
    { proxy: b.proxy.name, name: "down", type: "latency", attributes: { latency: 5 } },
  ];
  const wrong = await call(watch.engine, "POST", "/toxics", { add: [...add, { proxy: b.proxy.name, type: "nope" }] });
  expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining("invalid toxic type") as string });
  expect([await names(a), await names(b)]).toEqual([[], []]);

  const added = await ok<object[]>(watch.engine, "POST", "/toxics", { add });
  expect(added).toMatchObject(add);
  expect([await names(a), await names(b)]).toEqual([["up", "down"], ["down"]]);

  expect((await call(watch.engine, "POST", "/toxics", { add: add.slice(1, 2) })).status).toBe(409);
  await ok(watch.engine, "POST", "/toxics", {
    remove: [
      { proxy: a.proxy.name, name: "up" },
      { proxy: a.proxy.name, name: "down" },
    ],
    add: [{ proxy: a.proxy.name, name: "down", type: "noop" }],
  });
  expect(await names(a)).toEqual(["down"]);
  for (const body of ["", "null x", '{"add":1}', '{"remove":[{"proxy":"a"}]}']) {
    expect((await call(watch.engine, "POST", "/toxics", body)).status).toBe(400);
  }
});

test("refuse refuses a dial, lets live connections go on, and opens the same port again", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  const live = await line.connect();
  await line.add({ name: "no", type: "refuse" });
  await expect(line.dial()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  live.client.send("still here");
  await live.server.receives(10);
  await line.remove("no");
  const again = await line.connect();
  again.client.send("back");
  await again.server.receives(4);
  expect(portOf(line.proxy.listen)).toBe(again.client.socket.remotePort);
  // Whoever keeps the port meanwhile is nobody's connection.
  expect(watch.events.filter(({ type }) => type === "connection-accepted")).toHaveLength(2);
});

test("refuse heals by itself, and a proxy that is disabled meanwhile stays closed", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  await line.add({ name: "no", type: "refuse", ttl_ms: 30 } as never);
  await watch.seen("toxic-removed");
  // The API answers calls in turn, the port's included.
  await ok(watch.engine, "GET", "/proxies");
  await expect
    .poll(() =>
      line.dial().then(
        () => "open",
        () => "closed",
      ),
    )
    .toBe("open");
  await line.add({ name: "no", type: "refuse" });
  await line.change({ enabled: false });
  await line.remove("no");
  await expect(line.dial()).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await line.add({ name: "no", type: "refuse" });
  await line.change({ enabled: true });
  await expect(line.dial()).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("accept_and_hang notices a client that leaves", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine, [{ name: "h", type: "accept_and_hang" }]);
  const client = await line.dial();
  client.send("anyone?");
  client.socket.end();
  expect(await watch.seen("connection-closed")).toMatchObject({ by: "client", how: "fin", bytesUp: 0 });
});

test("the feed reports the proxies asked for, with the moment on the machine's clock", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  await using other = await Line.open(watch.engine);
  const reply = await fetch(`${watch.engine.url}/events?proxies=${line.proxy.name}`);
  if (reply.body === null) throw new Error("the feed has no body");
  const feed = Readable.fromWeb(reply.body);
  const lines = createInterface({ input: feed });
  const heard: FedEvent[] = [];
  const closed = new Promise<void>((resolve) =>
    lines.on("line", (text) => {
      if (text === "") return;
      const event = JSON.parse(text) as FedEvent;
      heard.push(event);
      if (event.type === "connection-closed") resolve();
    }),
  );
  const nowMs = (): number => Number(process.hrtime.bigint()) / 1e6;
  const beforeMs = nowMs();
  await other.connect();
  const { client } = await line.connect();
  client.socket.resetAndDestroy();
  await closed;
  expect(heard.map(({ type }) => type)).toEqual(["connection-accepted", "upstream-connected", "connection-closed"]);
  const moments = [beforeMs, ...heard.map(({ monotonicMs }) => monotonicMs), nowMs()];
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  feed.destroy();
});

test("a Toxiproxy client is not disturbed: what is ours shows only where it was given", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  const toxic = await line.add({ name: "plain", type: "latency", attributes: { latency: 1 } });
  expect(Object.keys(toxic as object)).toEqual(["attributes", "name", "type", "stream", "toxicity"]);
});
