/** What each toxic does, on each stream, when it strikes and when toxicity 0 makes it spare a connection. */

import { expect, test } from "vitest";
import { wallClock } from "../../core/clock.ts";
import { onEveryEngine } from "./engines.ts";
import { Line, type Peer, type Toxic } from "./wire.ts";

type Ends = { sender: Peer; receiver: Peer };

const toxics: Record<string, { attributes: Toxic["attributes"]; strikes: (ends: Ends) => Promise<void> }> = {
  noop: {
    attributes: {},
    async strikes({ sender, receiver }) {
      sender.send("hello");
      await receiver.receives(5);
    },
  },
  latency: {
    attributes: { latency: 100, jitter: 10 },
    async strikes({ sender, receiver }) {
      sender.send("hello");
      const tookMs = await receiver.receives(5);
      expect(tookMs).toBeGreaterThanOrEqual(88);
      expect(tookMs).toBeLessThan(2_000);
      expect(receiver.text).toBe("hello");
    },
  },
  bandwidth: {
    attributes: { rate: 10 },
    async strikes({ sender, receiver }) {
      sender.send(Buffer.alloc(3_000));
      const tookMs = await receiver.receives(3_000);
      expect(tookMs).toBeGreaterThanOrEqual(280);
      expect(tookMs).toBeLessThan(3_000);
      expect(receiver.chunks.length).toBeGreaterThan(1);
    },
  },
  slow_close: {
    attributes: { delay: 150 },
    async strikes({ sender, receiver }) {
      sender.send("hello");
      await receiver.receives(5);
      const startMs = wallClock.elapsed();
      sender.socket.end();
      expect(await receiver.ends()).toBe("fin");
      expect(wallClock.elapsed() - startMs).toBeGreaterThanOrEqual(148);
    },
  },
  timeout: {
    attributes: { timeout: 80 },
    async strikes({ sender, receiver }) {
      const startMs = wallClock.elapsed();
      sender.send("lost");
      expect(await receiver.ends()).toBe("fin");
      expect(wallClock.elapsed() - startMs).toBeGreaterThanOrEqual(78);
      expect(await sender.ends()).toBe("fin");
      expect(receiver.text).toBe("");
    },
  },
  reset_peer: {
    attributes: { timeout: 0 },
    async strikes({ sender, receiver }) {
      sender.send("lost");
      expect(await receiver.ends()).toBe("rst");
      expect(await sender.ends()).toBe("rst");
      expect(receiver.text).toBe("");
    },
  },
  slicer: {
    attributes: { average_size: 10, size_variation: 3, delay: 3_000 },
    async strikes({ sender, receiver }) {
      const text = Array.from({ length: 200 }, (_, i) => String(i % 10)).join("");
      sender.send(text);
      await receiver.receives(200);
      expect(receiver.text).toBe(text);
      expect(receiver.chunks.length).toBeGreaterThan(5);
    },
  },
  limit_data: {
    attributes: { bytes: 5 },
    async strikes({ sender, receiver }) {
      sender.send("0123456789");
      expect(await receiver.ends()).toBe("fin");
      expect(receiver.text).toBe("01234");
    },
  },
};

onEveryEngine("toxic", (engine) => {
  for (const [type, { attributes = {}, strikes }] of Object.entries(toxics)) {
    for (const stream of ["upstream", "downstream"] as const) {
      test(`${type} ${stream} strikes`, async () => {
        await using line = await Line.open(engine(), [{ type, stream, attributes }]);
        await strikes(await line.along(stream));
      });

      test(`${type} ${stream} leaves the other stream alone`, async () => {
        await using line = await Line.open(engine(), [{ type, stream, attributes }]);
        const { sender, receiver } = await line.along(stream === "upstream" ? "downstream" : "upstream");
        sender.send("hello");
        await receiver.receives(5);
        expect(receiver.text).toBe("hello");
      });

      test(`${type} ${stream} with toxicity 0 lets everything pass`, async () => {
        await using line = await Line.open(engine(), [{ type, stream, toxicity: 0, attributes }]);
        const { sender, receiver } = await line.along(stream);
        const data = Buffer.alloc(50_000, "abc");
        sender.send(data);
        await receiver.receives(data.length);
        expect(receiver.bytes.equals(data)).toBe(true);
        // Having been there from the start is enough for reset_peer to turn every close into a reset.
        sender.socket.end();
        expect(await receiver.ends()).toBe(type === "reset_peer" ? "rst" : "fin");
      });
    }
  }

  test("two latencies add up", async () => {
    const latency = { type: "latency", attributes: { latency: 60 } };
    await using line = await Line.open(engine(), [latency, { ...latency, name: "again" }]);
    const { sender, receiver } = await line.along("downstream");
    sender.send("hello");
    const tookMs = await receiver.receives(5);
    expect(tookMs).toBeGreaterThanOrEqual(118);
    expect(tookMs).toBeLessThan(2_000);
  });

  test("latency makes data late, not slow", async () => {
    await using line = await Line.open(engine(), [{ type: "latency", attributes: { latency: 100 } }]);
    const { sender, receiver } = await line.along("downstream");
    for (let i = 0; i < 20; i += 1) {
      sender.send("x".repeat(1_000));
      await new Promise(setImmediate);
    }
    const tookMs = await receiver.receives(20_000);
    expect(tookMs).toBeLessThan(1_500);
  });

  test("toxics apply in the order in which they were added", async () => {
    // The slicer in front of the limit changes nothing; a limit in front of the latency cuts before the delay.
    const limit = { type: "limit_data", attributes: { bytes: 4 } };
    await using line = await Line.open(engine(), [limit, { type: "latency", attributes: { latency: 80 } }]);
    const { sender, receiver } = await line.along("downstream");
    const startMs = wallClock.elapsed();
    sender.send("0123456789");
    expect(await receiver.ends()).toBe("fin");
    expect(receiver.text).toBe("0123");
    expect(wallClock.elapsed() - startMs).toBeGreaterThanOrEqual(78);
  });

  test("timeout counts from the last data, and from the start if there is none", async () => {
    await using line = await Line.open(engine(), [{ type: "timeout", attributes: { timeout: 100 } }]);
    const { receiver } = await line.along("downstream");
    expect(await receiver.ends()).toBe("fin");
  });

  test("reset_peer leaves an idle connection open until data comes", async () => {
    await using line = await Line.open(engine(), [{ type: "reset_peer", attributes: { timeout: 0 } }]);
    const { client, server } = await line.connect();
    client.send("the other stream still works");
    await server.receives(28);
    expect(client.ending).toBeUndefined();
    server.send("x");
    expect(await client.ends()).toBe("rst");
  });
});
