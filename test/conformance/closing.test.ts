/** How connections end: who closes, and whether the other side sees a FIN or a reset. */

import { once } from "node:events";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { freePort, onEveryEngine } from "./engines.ts";
import { Line, portOf, startUpstream } from "./wire.ts";

const armed = { name: "armed", type: "reset_peer", toxicity: 0, attributes: { timeout: 0 } };

async function connectError(port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const [error] = (await once(socket, "error").catch((thrown: unknown) => [thrown])) as [NodeJS.ErrnoException];
  return error.code ?? "";
}

onEveryEngine("closing", (engine) => {
  for (const side of ["client", "server"] as const) {
    const other = side === "client" ? "server" : "client";

    test(`a FIN of the ${side} arrives as a FIN, after its last data`, async () => {
      await using line = await Line.open(engine());
      const peers = await line.connect();
      const data = Buffer.alloc(1_000_000, "abc");
      peers[side].socket.end(data);
      expect(await peers[other].ends()).toBe("fin");
      expect(peers[other].bytes.equals(data)).toBe(true);
    });

    test(`a half-close of the ${side} closes both ways`, async () => {
      await using line = await Line.open(engine());
      const peers = await line.connect();
      peers[side].socket.end();
      expect(await peers[other].ends()).toBe("fin");
      // The proxy has closed the other side as a whole, and ends this one without waiting for it.
      expect(await peers[side].ends()).toBe("fin");
    });

    test(`a reset of the ${side} arrives as a FIN`, async () => {
      await using line = await Line.open(engine());
      const peers = await line.connect();
      peers[side].send("x");
      await peers[other].receives(1);
      peers[side].socket.resetAndDestroy();
      expect(await peers[other].ends()).toBe("fin");
    });

    test(`on an armed connection a reset of the ${side} arrives as a reset`, async () => {
      await using line = await Line.open(engine(), [armed]);
      const peers = await line.connect();
      peers[side].send("x");
      await peers[other].receives(1);
      peers[side].socket.resetAndDestroy();
      expect(await peers[other].ends()).toBe("rst");
    });

    test(`on an armed connection a FIN of the ${side} arrives as a reset, after its last data`, async () => {
      await using line = await Line.open(engine(), [armed]);
      const peers = await line.connect();
      peers[side].socket.end("last words");
      expect(await peers[other].ends()).toBe("rst");
      expect(peers[other].text).toBe("last words");
    });
  }

  test("disabling closes live connections with a FIN and refuses new ones", async () => {
    await using line = await Line.open(engine());
    const { client, server } = await line.connect();
    await line.change({ enabled: false });
    expect(await client.ends()).toBe("fin");
    expect(await server.ends()).toBe("fin");
    expect(await connectError(portOf(line.proxy.listen))).toBe("ECONNREFUSED");
    await line.change({ enabled: true });
    const again = await line.connect();
    again.client.send("back");
    await again.server.receives(4);
  });

  test("disabling resets connections that are armed", async () => {
    await using line = await Line.open(engine(), [armed]);
    const { client, server } = await line.connect();
    await line.change({ enabled: false });
    expect(await client.ends()).toBe("rst");
    expect(await server.ends()).toBe("rst");
  });

  test("disabling does not wait for a toxic", async () => {
    await using line = await Line.open(engine(), [{ type: "latency", attributes: { latency: 600_000 } }]);
    const { client, server } = await line.connect();
    server.send("held");
    client.send("?");
    await server.receives(1);
    await line.change({ enabled: false });
    expect(await client.ends()).toBe("fin");
    expect(client.text).toBe("");
  });

  test("a client of a dead upstream is accepted and then closed", async () => {
    await using line = await Line.open(engine());
    await line.change({ upstream: `127.0.0.1:${await freePort()}` });
    const client = await line.dial();
    expect(await client.ends()).toBe("fin");
  });

  test("another upstream cuts live connections and serves new ones", async () => {
    await using line = await Line.open(engine());
    const { client } = await line.connect();
    const other = await startUpstream();
    const { listen } = line.proxy;
    await line.change({ upstream: `127.0.0.1:${other.port}` });
    expect(await client.ends()).toBe("fin");
    expect(line.proxy).toMatchObject({ listen, enabled: true });
    const again = await line.dial();
    again.send("hello");
    await (await other.next()).receives(5);
    await other.close();
  });

  test("another listen address moves the port", async () => {
    await using line = await Line.open(engine());
    const { client } = await line.connect();
    const before = portOf(line.proxy.listen);
    await line.change({ listen: `127.0.0.1:${await freePort()}` });
    expect(await client.ends()).toBe("fin");
    expect(await connectError(before)).toBe("ECONNREFUSED");
    const again = await line.connect();
    again.server.send("hello");
    await again.client.receives(5);
  });
});
