/** What only our engine has: the event feed, toxics of our own, and that nothing is left of it. */

import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { Line, portOf, type Toxic } from "../test/conformance/wire.ts";
import { startEmbedded } from "./embedded.ts";
import { watched } from "./testing/watched.ts";

const hold = (type: string, more: Partial<Toxic> = {}): Toxic => ({ name: "fault", type, ...more });

test("reports a connection from its first port to its last byte", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  const { client, server } = await line.connect();
  const ports = { client: client.socket.localPort, local: server.socket.remotePort };
  client.send("12345");
  await server.receives(5);
  server.socket.end("abc");
  await client.ends();
  const connection = `${line.proxy.name}/1`;
  expect(await watch.seen("connection-closed")).toEqual({
    type: "connection-closed",
    proxy: line.proxy.name,
    connection,
    by: "upstream",
    how: "fin",
    toClient: "fin",
    bytesUp: 5,
    bytesDown: 3,
  });
  expect(await watch.seen("connection-accepted")).toMatchObject({
    connection,
    clientPort: ports.client,
    listenPort: portOf(line.proxy.listen),
  });
  expect(await watch.seen("upstream-connected")).toMatchObject({
    connection,
    upstreamPort: line.upstream.port,
    localPort: ports.local,
  });
});

test("reports who closed and how", async () => {
  for (const side of ["client", "upstream"] as const) {
    await using watch = await watched();
    await using line = await Line.open(watch.engine);
    const { client, server } = await line.connect();
    client.send("x");
    await server.receives(1);
    (side === "client" ? client : server).socket.resetAndDestroy();
    expect(await watch.seen("connection-closed")).toMatchObject({ by: side, how: "rst" });
  }
  await using watch = await watched();
  await using line = await Line.open(watch.engine, [hold("reset_peer", { toxicity: 0 })]);
  await line.connect();
  await watch.seen("upstream-connected");
  await line.change({ enabled: false });
  expect(await watch.seen("connection-closed")).toMatchObject({ by: "proxy", how: "rst" });
  expect(await watch.seen("proxy-disabled")).toMatchObject({ proxy: line.proxy.name });
});

test("reports a dial that failed", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  await line.change({ upstream: "127.0.0.1:1" });
  await (await line.dial()).ends();
  const { upstream, error } = await watch.seen("upstream-dial-failed");
  expect({ upstream, error }).toMatchObject({ upstream: "127.0.0.1:1" });
  expect(error).toContain("ECONNREFUSED");
});

test("reports a toxic, and of its first hit with the bytes before it", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  await line.add(hold("limit_data", { attributes: { bytes: 8 } }));
  await line.update("fault", { attributes: { bytes: 6 } });
  const { client, server } = await line.connect();
  server.send("1234");
  await client.receives(4);
  server.send("5678");
  await client.ends();
  await line.remove("fault");
  expect(await watch.seen("toxic-hit")).toEqual({
    type: "toxic-hit",
    proxy: line.proxy.name,
    toxic: "fault",
    connection: `${line.proxy.name}/1`,
    stream: "downstream",
    byteOffset: 4,
  });
  const facts = { proxy: line.proxy.name, toxic: "fault", toxicType: "limit_data", stream: "downstream", toxicity: 1 };
  expect(await watch.seen("toxic-added")).toEqual({ type: "toxic-added", ...facts, attributes: { bytes: 8 } });
  expect(await watch.seen("toxic-updated")).toEqual({ type: "toxic-updated", ...facts, attributes: { bytes: 6 } });
  expect(await watch.seen("toxic-removed")).toEqual({ type: "toxic-removed", ...facts, attributes: { bytes: 6 } });
});

test("stall holds data and the close, and delivers both on the same connection", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine, [hold("stall")]);
  const { client, server } = await line.connect();
  server.socket.end("late");
  await watch.seen("toxic-hit");
  client.send("?");
  await server.receives(1);
  expect(client.text).toBe("");
  await line.remove("fault");
  expect(await client.ends()).toBe("fin");
  expect(client.text).toBe("late");
});

for (const [reset, how] of [
  [1, "rst"],
  [0, "fin"],
] as const) {
  test(`cut closes an idle connection at once with ${how}`, async () => {
    await using watch = await watched();
    await using line = await Line.open(watch.engine);
    const { client, server } = await line.connect();
    await watch.seen("upstream-connected");
    await line.add(hold("cut", { attributes: { reset } }));
    expect(await client.ends()).toBe(how);
    expect(await server.ends()).toBe(how);
    expect(await watch.seen("connection-closed")).toMatchObject({ by: "toxic", toxic: "fault", how, toClient: how });
  });
}

test("accept_and_hang accepts and says nothing, reject resets; both let live connections go on", async () => {
  await using watch = await watched();
  await using line = await Line.open(watch.engine);
  const live = await line.connect();
  await line.add(hold("accept_and_hang"));
  const hanging = await line.dial();
  await watch.seen("toxic-hit");
  await line.remove("fault");
  await line.add(hold("reject"));
  expect(await (await line.dial()).ends()).toBe("rst");
  live.client.send("still here");
  await live.server.receives(10);
  expect(hanging.ending).toBeUndefined();
  await line.change({ enabled: false });
  expect(await hanging.ends()).toBe("fin");
});

test("the same seed strikes the same connections", async () => {
  const struck = async (seed: number): Promise<string> => {
    await using watch = await watched(seed);
    const body = { name: "seeded", listen: "127.0.0.1:0", upstream: "127.0.0.1:1" };
    const post = (path: string, data: unknown): Promise<Response> =>
      fetch(watch.engine.url + path, { method: "POST", body: JSON.stringify(data) });
    const { listen } = (await (await post("/proxies", body)).json()) as { listen: string };
    await post("/proxies/seeded/toxics", { type: "reject", toxicity: 0.5 });
    let pattern = "";
    for (let i = 0; i < 20; i += 1) {
      const socket = connect(portOf(listen), "127.0.0.1");
      // A client that is let through finds a dead upstream and is closed without a reset.
      socket.on("error", () => undefined).resume();
      pattern += (await new Promise<boolean>((resolve) => socket.once("close", resolve))) ? "#" : ".";
    }
    return pattern;
  };
  const first = await struck(3);
  expect(first).toMatch(/#/);
  expect(first).toMatch(/\./);
  expect(await struck(3)).toBe(first);
  expect(await struck(4)).not.toBe(first);
});

test("close leaves no port, socket or timer", async () => {
  const before = process.getActiveResourcesInfo().toSorted();
  const engine = await startEmbedded();
  const line = await Line.open(engine, [hold("latency", { attributes: { latency: 600_000 } })]);
  const { client, server } = await line.connect();
  server.send("held");
  client.send("?");
  await server.receives(1);
  await engine.close();
  await client.ends();
  client.socket.destroy();
  await line.upstream.close();
  const refused = connect(portOf(line.proxy.listen), "127.0.0.1");
  const [error] = (await once(refused, "error").catch((thrown: unknown) => [thrown])) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ECONNREFUSED");
  await expect(fetch(`${engine.url}/version`)).rejects.toThrow();
  const left = process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP") || name === "Timeout");
  const known = before.filter((name) => name.startsWith("TCP") || name === "Timeout");
  expect(left.length).toBeLessThanOrEqual(known.length);
});

test("who does not know the secret finds no API", async () => {
  const engine = await startEmbedded({ secret: "s3cret" });
  const { origin } = new URL(engine.url);
  expect(engine.url).toBe(`${origin}/s3cret`);
  expect((await fetch(`${engine.url}/version`)).status).toBe(200);
  for (const path of ["/version", "/proxies", "/reset", "/toxics", "/events", "/s3cre/version", "/"]) {
    expect([path, (await fetch(origin + path, { method: "POST", body: "{}" })).status]).toEqual([path, 404]);
    expect([path, (await fetch(origin + path)).status]).toEqual([path, 404]);
  }
  await engine.close();
});
