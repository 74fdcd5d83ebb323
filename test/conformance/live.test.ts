/** Toxics that come, change and go while a connection is open. */

import { expect, test } from "vitest";
import { wallClock } from "../../core/clock.ts";
import { ok } from "./api.ts";
import { onEveryEngine } from "./engines.ts";
import { Line } from "./wire.ts";

const forever = { latency: 600_000 };

onEveryEngine("live connection", (engine) => {
  test("a toxic that is added strikes at once", async () => {
    await using line = await Line.open(engine());
    const { sender, receiver } = await line.along("downstream");
    sender.send("a");
    await receiver.receives(1);
    await line.add({ type: "latency", attributes: { latency: 100 } });
    sender.send("b");
    expect(await receiver.receives(2)).toBeGreaterThanOrEqual(98);
  });

  test("removing latency delivers what it held, in order", async () => {
    await using line = await Line.open(engine(), [{ name: "hold", type: "latency", attributes: forever }]);
    const { client, server } = await line.connect();
    for (let i = 0; i < 10; i += 1) {
      server.send(String(i));
      // The answer of the other stream proves that the chunk before is on its way.
      client.send("?");
      await server.receives(i + 1);
    }
    expect(client.text).toBe("");
    await line.remove("hold");
    await client.receives(10);
    expect(client.text).toBe("0123456789");
    server.send("x");
    await client.receives(11);
  });

  test("an update applies to what has queued", async () => {
    await using line = await Line.open(engine(), [{ name: "hold", type: "latency", attributes: forever }]);
    const { sender, receiver } = await line.along("downstream");
    sender.send("a");
    await line.update("hold", { attributes: { latency: 0 } });
    sender.send("b");
    await receiver.receives(2);
    expect(receiver.text).toBe("ab");
  });

  test("bandwidth 0 holds data and delivers it when it is removed", async () => {
    await using line = await Line.open(engine(), [{ name: "hold", type: "bandwidth", attributes: { rate: 0 } }]);
    const { client, server } = await line.connect();
    server.send("held");
    client.send("?");
    await server.receives(1);
    expect(client.text).toBe("");
    await line.remove("hold");
    await client.receives(4);
    expect(client.text).toBe("held");
    expect(client.ending).toBeUndefined();
  });

  test("bandwidth 0 delivers what it held when the rate is raised", async () => {
    await using line = await Line.open(engine(), [{ name: "hold", type: "bandwidth", attributes: { rate: 0 } }]);
    const { sender, receiver } = await line.along("upstream");
    await line.remove("hold");
    await line.add({ name: "hold", type: "bandwidth", stream: "upstream", attributes: { rate: 0 } });
    sender.send("held");
    await line.update("hold", { attributes: { rate: 1_000 } });
    await receiver.receives(4);
  });

  for (const toxicity of [1, 0]) {
    test(`removing timeout closes the connection, with toxicity ${toxicity} too`, async () => {
      const timeout = { name: "t", type: "timeout", toxicity, attributes: { timeout: 0 } };
      await using line = await Line.open(engine(), [timeout]);
      const { client, server } = await line.connect();
      await line.remove("t");
      expect(await client.ends()).toBe("fin");
      expect(await server.ends()).toBe("fin");
    });
  }

  test("timeout drops what comes while it is there", async () => {
    await using line = await Line.open(engine());
    const { client, server } = await line.connect();
    server.send("kept");
    await client.receives(4);
    await line.add({ name: "t", type: "timeout", attributes: { timeout: 0 } });
    server.send("lost");
    client.send("?");
    await server.receives(1);
    await line.remove("t");
    expect(await client.ends()).toBe("fin");
    expect(client.text).toBe("kept");
  });

  test("reset_peer added to an open connection closes it with a FIN, on the next data", async () => {
    await using line = await Line.open(engine());
    const { client, server } = await line.connect();
    await line.add({ type: "reset_peer", attributes: { timeout: 0 } });
    client.send("?");
    await server.receives(1);
    expect(client.ending).toBeUndefined();
    server.send("x");
    expect(await client.ends()).toBe("fin");
    expect(client.text).toBe("");
  });

  test("reset_peer armed with toxicity 0 resets once the toxicity is raised", async () => {
    const reset = { name: "r", type: "reset_peer", toxicity: 0, attributes: { timeout: 0 } };
    await using line = await Line.open(engine(), [reset]);
    const { client, server } = await line.connect();
    server.send("before");
    await client.receives(6);
    await line.update("r", { toxicity: 1 });
    server.send("x");
    expect(await client.ends()).toBe("rst");
    expect(await server.ends()).toBe("rst");
    expect(client.text).toBe("before");
  });

  test("removing slow_close while it holds a close lets it go", async () => {
    const slow = { name: "s", type: "slow_close", attributes: { delay: 600_000 } };
    await using line = await Line.open(engine(), [slow]);
    const { sender, receiver } = await line.along("downstream");
    sender.send("x");
    await receiver.receives(1);
    sender.socket.end();
    await line.remove("s");
    expect(await receiver.ends()).toBe("fin");
  });

  test("limit_data remembers over an update what has passed", async () => {
    await using line = await Line.open(engine(), [{ name: "l", type: "limit_data", attributes: { bytes: 100 } }]);
    const { sender, receiver } = await line.along("downstream");
    sender.send("012345");
    await receiver.receives(6);
    await line.update("l", { attributes: { bytes: 8 } });
    sender.send("6789");
    expect(await receiver.ends()).toBe("fin");
    expect(receiver.text).toBe("01234567");
  });

  test("limit_data lowered below what has passed closes on the next data", async () => {
    await using line = await Line.open(engine(), [{ name: "l", type: "limit_data", attributes: { bytes: 100 } }]);
    const { sender, receiver } = await line.along("downstream");
    sender.send("012345");
    await receiver.receives(6);
    await line.update("l", { attributes: { bytes: 3 } });
    sender.send("6789");
    expect(await receiver.ends()).toBe("fin");
    expect(receiver.text).toBe("012345");
  });

  test("a toxic in the middle of the chain can go", async () => {
    const toxics = ["a", "b", "c"].map((name) => ({ name, type: "latency", attributes: { latency: 40 } }));
    await using line = await Line.open(engine(), toxics);
    const { sender, receiver } = await line.along("downstream");
    await line.remove("b");
    sender.send("x");
    expect(await receiver.receives(1)).toBeGreaterThanOrEqual(78);
    await line.remove("a");
    await line.remove("c");
    const startMs = wallClock.elapsed();
    sender.send("y");
    await receiver.receives(2);
    expect(wallClock.elapsed() - startMs).toBeLessThan(1_000);
    expect(receiver.text).toBe("xy");
  });

  test("POST /reset heals every proxy", async () => {
    await using line = await Line.open(engine(), [{ type: "latency", attributes: forever }]);
    const { sender, receiver } = await line.along("downstream");
    sender.send("held");
    await ok(engine(), "POST", "/reset");
    await receiver.receives(4);
    expect(await ok(engine(), "GET", `${line.path}/toxics`)).toEqual([]);
  });
});
