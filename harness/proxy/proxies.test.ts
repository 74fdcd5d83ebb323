/** What a fault can ask of a proxy, on both kinds of engine: toxics with a time to live, resets, and clear refusals. */

import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Peer, startUpstream, type Upstream } from "../../test/conformance/wire.ts";
import { available } from "../../test/support/requirements.ts";
import { startReaper, type Reaper } from "../process/reaper.ts";
import { startEngine } from "./choose.ts";
import type { Engine } from "./engine.ts";
import { createProxy, type EndpointProxy } from "./proxies.ts";

const compression = 10;
const clock = incidentClock({ start: 0, compression });
const hold = { type: "bandwidth", attributes: { rate: 0 } } as const;

for (const kind of ["embedded", "binary"]) {
  describe.skipIf(kind === "binary" && !available("toxiproxy"))(kind, () => {
    let reaper: Reaper;
    let engine: Engine;
    let upstream: Upstream;
    let count = 0;
    beforeAll(async () => {
      reaper = startReaper();
      engine = await startEngine(kind, { seed: "1", reaper });
      upstream = await startUpstream();
    });
    afterAll(async () => {
      await upstream.close();
      await engine.stop();
      await reaper.close();
    });

    async function fresh(): Promise<EndpointProxy & AsyncDisposable> {
      count += 1;
      const proxy = await createProxy(engine, { name: `p${count}`, upstreamPort: upstream.port, clock, reaper });
      return Object.assign(proxy, { [Symbol.asyncDispose]: () => proxy.remove() });
    }
    async function through(proxy: EndpointProxy): Promise<{ client: Peer; server: Peer }> {
      const socket = connect({ port: proxy.port, host: "127.0.0.1", allowHalfOpen: true });
      const client = new Peer(socket);
      await once(socket, "connect");
      return { client, server: await upstream.next() };
    }
    const toxics = async (): Promise<{ name: string; attributes: object }[]> =>
      ((await (await fetch(`${engine.url}/proxies/p${count}`)).json()) as { toxics: never[] }).toxics;

    test("a toxic is gone when its time to live is over, and taking it back then is no mistake", async () => {
      await using proxy = await fresh();
      const { client, server } = await through(proxy);
      const held = await proxy.addToxic({ name: "t", stream: "downstream", ...hold, ttlMs: 100 * compression });
      server.send("held");
      await client.receives(4);
      expect(await toxics()).toEqual([]);
      await held.remove();
    });

    test("times shrink and rates grow with the clock", async () => {
      await using proxy = await fresh();
      const attributes = { latency: 1_000, jitter: 20 };
      await proxy.addToxic({ name: "l", type: "latency", stream: "upstream", attributes });
      await proxy.addToxic({ name: "b", type: "bandwidth", stream: "upstream", attributes: { rate: 5 } });
      expect(await toxics()).toMatchObject([{ attributes: { latency: 100, jitter: 2 } }, { attributes: { rate: 50 } }]);
    });

    test("several come and go together; if one is wrong, none comes", async () => {
      await using proxy = await fresh();
      const both = [
        { name: "up", stream: "upstream", ...hold },
        { name: "down", stream: "downstream", ...hold },
      ] as const;
      const twice = [...both, both[0]];
      await expect(proxy.addToxics(twice)).rejects.toThrow(
        /proxy p\d+ failed to add the toxic bandwidth and bandwidth/,
      );
      expect(await toxics()).toEqual([]);
      const installed = await proxy.addToxics(both);
      expect((await toxics()).map(({ name }) => name)).toEqual(["up", "down"]);
      await installed.remove();
      expect(await toxics()).toEqual([]);
    });

    test("once armed, a live and idle connection can be reset, and the next one connects", async () => {
      await using proxy = await fresh();
      await proxy.armReset();
      const { client, server } = await through(proxy);
      server.send("1234");
      await client.receives(4);
      await proxy.endConnections("rst", "reset");
      expect(await client.ends()).toBe("rst");
      expect(await server.ends()).toBe("rst");
      const next = await through(proxy);
      next.client.send("5");
      await next.server.receives(1);
      next.client.socket.destroy();
    });

    test("a reset by the upstream is a reset to the client once armed, and a FIN otherwise", async () => {
      for (const [armed, end] of [
        [false, "fin"],
        [true, "rst"],
      ] as const) {
        await using proxy = await fresh();
        if (armed) await proxy.armReset();
        const { client, server } = await through(proxy);
        server.send("1234");
        await client.receives(4);
        server.socket.resetAndDestroy();
        expect(await client.ends()).toBe(end);
      }
    });

    test.runIf(kind === "embedded")("armed or not, a clean close stays clean", async () => {
      await using proxy = await fresh();
      await proxy.armReset();
      const { client, server } = await through(proxy);
      server.socket.end("1234");
      expect(await client.ends()).toBe("fin");
    });

    test.runIf(kind === "binary")("what only the embedded engine has is refused with the way out", async () => {
      await using proxy = await fresh();
      const stall = { name: "s", type: "stall", stream: "upstream", attributes: {} } as const;
      await expect(proxy.addToxic(stall)).rejects.toThrow(
        'Toxiproxy has no toxic "stall": it is Firedrill\'s own. Use --proxy embedded.',
      );
      await expect(proxy.addToxic({ name: "s", stream: "upstream", ...hold, connection: 1 })).rejects.toThrow(
        /no toxics for some connections only/,
      );
    });
  });
}
