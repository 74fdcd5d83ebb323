/** What the proxy bench measures over a port: round trips, throughput, how exact a delay is, many connections. */

import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { wallClock } from "../../core/clock.ts";
import { random } from "../../core/random.ts";

const word = Buffer.alloc(200, "w");

async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  await once(socket, "connect");
  return socket;
}

/** Sends a word and waits until all of it has come back. */
function roundTrip(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    const startMs = wallClock.elapsed();
    let missing = word.length;
    const take = (data: Buffer): void => {
      missing -= data.length;
      if (missing > 0) return;
      socket.off("data", take);
      resolve(wallClock.elapsed() - startMs);
    };
    socket.on("data", take);
    socket.write(word);
  });
}

/** Ms for each of so many round trips on one connection, one after the other. */
export async function roundTrips(port: number, count: number): Promise<number[]> {
  const socket = await dial(port);
  const took: number[] = [];
  for (let i = 0; i < count; i += 1) took.push(await roundTrip(socket));
  socket.destroy();
  return took;
}

/** MB a second from the upstream to the client. */
export async function throughput(port: number, bytes: number): Promise<number> {
  const socket = await dial(port);
  let got = 0;
  const startMs = wallClock.elapsed();
  const all = new Promise<void>((resolve) =>
    socket.on("data", (data: Buffer) => {
      got += data.length;
      if (got >= bytes) resolve();
    }),
  );
  socket.write(String(bytes));
  await all;
  const tookMs = wallClock.elapsed() - startMs;
  socket.destroy();
  return bytes / 1e3 / tookMs;
}

/** Round trips on several connections at a time, with pauses that put no two in step. */
export async function spreadRoundTrips(port: number, connections: number, each: number): Promise<number[]> {
  const took: number[] = [];
  const one = async (index: number): Promise<void> => {
    const socket = await dial(port);
    const dice = random(index);
    // The first one takes the proxy's own dial along, and that is no delay of a word.
    await roundTrip(socket);
    for (let i = 0; i < each; i += 1) {
      await wallClock.sleep(dice.integer(1, 20));
      took.push(await roundTrip(socket));
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => one(index)));
  return took;
}

/** Opens so many connections at once, then sends a word on each at once. */
export async function crowd(port: number, count: number): Promise<{ openMs: number; took: number[] }> {
  const startMs = wallClock.elapsed();
  const sockets = await Promise.all(Array.from({ length: count }, () => dial(port)));
  // A proxy accepts before its upstream has answered: only the first word back says that all is open.
  await Promise.all(sockets.map(roundTrip));
  const openMs = wallClock.elapsed() - startMs;
  const took = await Promise.all(sockets.map(roundTrip));
  for (const socket of sockets) socket.destroy();
  return { openMs, took };
}

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * q), sorted.length - 1)] ?? NaN;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
