/** Many bytes, both ways at once: nothing is lost, doubled or out of order, whatever the toxics do meanwhile. */

import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { onEveryEngine } from "./engines.ts";
import { Line, type Peer, type Toxic } from "./wire.ts";

const chains: Record<string, Toxic[]> = {
  "no toxic": [],
  latency: [{ type: "latency", attributes: { latency: 20, jitter: 15 } }],
  bandwidth: [{ type: "bandwidth", attributes: { rate: 20_000 } }],
  slicer: [{ type: "slicer", attributes: { average_size: 5_000, size_variation: 2_000, delay: 0 } }],
  "slicer, latency and bandwidth": [
    { type: "slicer", attributes: { average_size: 5_000, size_variation: 2_000, delay: 10 } },
    { type: "latency", attributes: { latency: 5, jitter: 5 } },
    { type: "bandwidth", attributes: { rate: 50_000 } },
  ],
};

const onBothStreams = (toxics: Toxic[]): Toxic[] =>
  toxics.flatMap((toxic) => (["upstream", "downstream"] as const).map((stream) => ({ ...toxic, stream })));

async function exchange(client: Peer, server: Peer, bytes: number): Promise<void> {
  const [up, down] = [randomBytes(bytes), randomBytes(bytes)];
  client.send(up);
  server.send(down);
  await Promise.all([client.receives(bytes), server.receives(bytes)]);
  expect(server.bytes.equals(up)).toBe(true);
  expect(client.bytes.equals(down)).toBe(true);
}

onEveryEngine("bulk data", (engine) => {
  for (const [name, toxics] of Object.entries(chains)) {
    test(`arrives whole through ${name}`, async () => {
      await using line = await Line.open(engine(), onBothStreams(toxics));
      const { client, server } = await line.connect();
      await exchange(client, server, 2_000_000);
    });
  }

  test("waits in the source while the receiver does not read", async () => {
    await using line = await Line.open(engine());
    const { client, server } = await line.connect();
    client.socket.pause();
    const data = randomBytes(30_000_000);
    let accepted = false;
    server.socket.write(data, () => (accepted = true));
    for (let i = 0; i < 50; i += 1) {
      client.send("?");
      await server.receives(i + 1);
    }
    expect(accepted).toBe(false);
    client.socket.resume();
    await client.receives(data.length);
    expect(client.bytes.equals(data)).toBe(true);
  });

  test("arrives whole while toxics come, change and go", async () => {
    await using line = await Line.open(engine());
    const { client, server } = await line.connect();
    const work = exchange(client, server, 4_000_000);
    for (let round = 0; round < 5; round += 1) {
      for (const toxic of onBothStreams(chains["slicer, latency and bandwidth"] ?? [])) await line.add(toxic);
      for (const stream of ["upstream", "downstream"]) {
        await line.update(`latency_${stream}`, { attributes: { latency: round } });
        for (const type of ["latency", "slicer", "bandwidth"]) await line.remove(`${type}_${stream}`);
      }
    }
    await work;
  });
});
