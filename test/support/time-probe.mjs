/**
 * A client that measures its own time: for each line `<name of a wait> <ms>` it waits so, by the means of that name, and
 * answers with its date from just before to just after, and its monotonic time on either side of reading each date:
 * between two readings the machine may take the CPU away.
 */

import net from "node:net";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep, setInterval as every } from "node:timers/promises";

const silent = net.createServer((socket) => void socket.on("error", () => undefined)).listen(0, "127.0.0.1");
await once(silent, "listening");
const { port } = silent.address();
const ticks = 5;

const waits = {
  none: () => undefined,
  setTimeout: (ms) => new Promise((resolve) => globalThis.setTimeout(resolve, ms)),
  setInterval: (ms) =>
    new Promise((resolve) => {
      let left = ticks;
      const timer = globalThis.setInterval(() => {
        left -= 1;
        if (left > 0) return;
        globalThis.clearInterval(timer);
        resolve();
      }, ms / ticks);
    }),
  "timers/promises.setTimeout": (ms) => sleep(ms),
  "timers/promises.setInterval": async (ms) => {
    const period = every(ms / ticks);
    for (let n = 0; n < ticks; n += 1) await period.next();
    await period.return();
  },
  "AbortSignal.timeout": (ms) => once(AbortSignal.timeout(ms), "abort"),
  "a socket's timeout": async (ms) => {
    const socket = net.connect({ port, host: "127.0.0.1", timeout: ms });
    await once(socket, "timeout");
    socket.destroy();
  },
};

const socket = net.connect(Number(process.argv[2]), "127.0.0.1");
const read = () => ({ countedFromMs: performance.now(), dateMs: Date.now(), countedToMs: performance.now() });
for await (const line of createInterface({ input: socket })) {
  const at = line.lastIndexOf(" ");
  const from = read();
  await waits[line.slice(0, at)](Number(line.slice(at + 1)));
  socket.write(`${JSON.stringify({ from, to: read() })}\n`);
}
