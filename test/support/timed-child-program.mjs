/** The Node child of `timed-child.ts`: evaluates each line that it reads. It is connected before anything is measured. */

import net from "node:net";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { setTimeout as sleep, setInterval as every, scheduler } from "node:timers/promises";
import { promisify } from "node:util";

const require = createRequire("/");
const socket = net.connect(Number(process.argv[2]), "127.0.0.1");
const AsyncFunction = (async () => undefined).constructor;
const names = { net, once, sleep, every, scheduler, promisify, require };
for await (const line of createInterface({ input: socket })) {
  const value = await new AsyncFunction(...Object.keys(names), line)(...Object.values(names));
  socket.write(`${JSON.stringify(value ?? null)}\n`);
}
