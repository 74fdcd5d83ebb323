/** The engine's events in a run's journal: when, whose, and the proof of a reset. */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { Line, type Toxic } from "../../test/conformance/wire.ts";
import { incidentClock } from "../../core/clock.ts";
import type { EventType, JournalEvent } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { startEngineThread } from "../../toxiproxy/start-thread.ts";
import { journalEvents } from "./journal-events.ts";

const compression = 60;

async function recorded(use: (line: Line, journal: Journal, seen: Seen) => Promise<void>, toxics: Toxic[] = []) {
  const engine = await startEngineThread("1");
  const clock = incidentClock({ start: 0, compression });
  const journal = new Journal(clock);
  const facts = { name: "embedded", external: false, extended: true, stop: () => engine.close() };
  const events = await journalEvents({ engine: { ...facts, url: engine.url }, prefix: "line-", clock, journal });
  const seen: Seen = async (type) => {
    const found = journal.view().first(type);
    if (found !== undefined) return found;
    return new Promise((resolve) => {
      const stop = journal.subscribe((event) => {
        if (event.type !== type) return;
        stop();
        resolve(event as never);
      });
    });
  };
  {
    await using line = await Line.open(engine, toxics);
    await use(line, journal, seen);
  }
  await events.close();
  await engine.close();
  return journal.view();
}

type Seen = <T extends EventType>(type: T) => Promise<JournalEvent<T>>;

test("a connection's life, from the client's port to the last byte", async () => {
  let ports: unknown[] = [];
  const view = await recorded(async (line, journal) => {
    const { client, server } = await line.connect();
    ports = [client.socket.localPort, server.socket.remotePort];
    client.send("12345");
    await server.receives(5);
    journal.write("note", { text: "before the end" });
    server.socket.end("abc");
    await client.ends();
  });
  const [opened] = view.all("proxy.connection-opened");
  const [closed] = view.all("proxy.connection-closed");
  const [joined] = view.all("proxy.upstream-connected");
  const note = view.first("note");
  expect([opened?.clientPort, joined?.localPort]).toEqual(ports);
  expect(closed).toMatchObject({ by: "upstream", how: "fin", toClient: "fin", bytesUp: 5, bytesDown: 3 });
  expect(closed?.connection).toBe(`${closed?.endpoint ?? ""}/1`);
  expect(opened?.connection).toBe(closed?.connection);
  expect(opened?.seenAtMs).toBeLessThan(note?.at ?? 0);
  expect(closed?.seenAtMs).toBeGreaterThan(note?.at ?? Infinity);
  for (const event of [opened, closed]) expect(event?.seenAtMs).toBeLessThanOrEqual(event?.at ?? 0);
});

for (const reset of [1, 0]) {
  test(`what the client was sent is what its socket saw (reset: ${reset})`, async () => {
    let ending: string | undefined;
    const view = await recorded(async (line, _journal, seen) => {
      const { client, server } = await line.connect();
      server.send("1234");
      await client.receives(4);
      await line.add({ name: "snip", type: "cut", attributes: { reset } });
      ending = await client.ends();
      await seen("proxy.connection-closed");
    });
    expect(view.all("proxy.toxic-hit")).toMatchObject([{ toxic: "snip", byteOffset: 0 }]);
    const how = reset === 1 ? "rst" : "fin";
    expect(ending).toBe(how);
    expect(view.all("proxy.connection-closed")).toMatchObject([{ by: "toxic", toxic: "snip", how, toClient: how }]);
  });
}

test("an upstream's reset is a FIN to the client, and the journal says both", async () => {
  const view = await recorded(async (line) => {
    const { client, server } = await line.connect();
    server.socket.resetAndDestroy();
    expect(await client.ends()).toBe("fin");
  });
  expect(view.all("proxy.connection-closed")).toMatchObject([{ by: "upstream", how: "rst", toClient: "fin" }]);
});

test("every connection that was opened is closed before the journal is", async () => {
  const view = await recorded(async (line) => {
    for (let i = 0; i < 5; i += 1) await line.connect();
  });
  const of = (type: "proxy.connection-opened" | "proxy.connection-closed"): string[] =>
    view.all(type).map(({ connection }) => connection);
  expect(of("proxy.connection-closed").toSorted()).toEqual(of("proxy.connection-opened"));
  expect(of("proxy.connection-opened")).toHaveLength(5);
});

test("a line that comes late still says when it was", async () => {
  const clock = incidentClock({ start: 0, compression });
  const lateMs = 50;
  const server = createServer((_request, reply) => {
    const monotonicMs = Number(process.hrtime.bigint()) / 1e6 - lateMs;
    const event = { type: "toxic-hit", proxy: "p-signal", connection: "p-signal/1", toxic: "t", monotonicMs };
    reply.write("\n");
    clock.after(lateMs * compression, () => reply.write(`${JSON.stringify(event)}\n`));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const engine = { name: "x", url, external: true, extended: true, stop: () => Promise.resolve() };
  const journal = new Journal(clock);
  const events = await journalEvents({ engine, prefix: "p-", clock, journal });
  const hit = await new Promise<JournalEvent>((resolve) => journal.subscribe(resolve));
  expect(hit).toMatchObject({ type: "proxy.toxic-hit", endpoint: "signal", connection: "signal/1" });
  if (hit.type === "proxy.toxic-hit") expect(hit.seenAtMs).toBeLessThanOrEqual(hit.at - lateMs * compression);
  await events.close();
  server.close();
});

test("of what a Toxiproxy saw nothing is written", async () => {
  const clock = incidentClock({ start: 0, compression });
  const journal = new Journal(clock);
  const engine = {
    name: "x",
    url: "http://127.0.0.1:1",
    external: true,
    extended: false,
    stop: () => Promise.resolve(),
  };
  const events = await journalEvents({ engine, prefix: "", clock, journal });
  await events.close();
  expect(journal.view().events).toEqual([]);
});
