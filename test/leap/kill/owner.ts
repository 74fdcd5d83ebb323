/**
 * Owns a run's clock, with a testbed and one client on it, and prints the process id of each part as soon as it knows it.
 * Ends when any of them does. `argv`: the client's program, as JSON.
 */

import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startClock } from "../../../leap/index.ts";

const say = (part: string, pid: number | undefined): void => console.log(JSON.stringify({ part, pid }));

const [given = ""] = process.argv.slice(2);
const argv = JSON.parse(given) as [string, ...string[]];

const clock = await startClock({ start: "2025-10-22T00:00:00Z", mark: process.env.KILL_MARK ?? "" });
say("coordinator", clock.pid);
const env = { ...process.env };
const testbed = clock.spawn([process.execPath, fileURLToPath(new URL("testbed.mjs", import.meta.url))], {
  group: "testbed",
  env,
});
say("testbed", testbed.pid);
const end = async (): Promise<void> => {
  await clock.end();
  process.exit();
};
testbed.on("exit", () => void end());
createInterface({ input: testbed.stdout }).once("line", (port: string) => {
  const client = clock.spawn(argv, { group: "client", env: { ...env, PORT: port } });
  say("client", client.pid);
  client.on("exit", () => void end());
  // Of what the client starts, too.
  client.stdout.pipe(process.stdout);
  clock.release();
});
