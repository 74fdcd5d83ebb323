/** Whatever ends Firedrill, at whatever moment: no process, no listening port and no shared memory stays behind. */

import { randomUUID } from "node:crypto";
import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { random } from "../../core/random.ts";
import { firedrill, scratch, start } from "../support/firedrill.ts";
import { commandLine, descendants, isAlive, listeningPorts, marked } from "../support/processes.ts";
import { available } from "../support/requirements.ts";

const project = fileURLToPath(new URL("../fixtures/project/", import.meta.url));
/** From before anything is started to the middle of the scenario. */
const lastMomentMs = 2_000;
const patienceMs = 10_000;

async function eventually(holds: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after ${patienceMs} ms there still is ${what}`);
    await sleep(20);
  }
}

const refused = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(false);
    });
    socket.on("error", () => resolve(true));
  });

async function endAtRandom(signal: NodeJS.Signals, seed: number, proxy: string): Promise<void> {
  const mark = `DRILL_TEST_MARK=${randomUUID()}`;
  const output = await scratch();
  const { child, done } = start(["run", "outage-2025-10-22", "--proxy", proxy, "--output", output], {
    env: Object.fromEntries([mark.split("=")]) as Record<string, string>,
  });
  const pid = child.pid ?? 0;
  await sleep(random(seed).integer(0, lastMomentMs));
  const family = [pid, ...(await descendants(pid))];
  const ports = await listeningPorts(family);
  child.kill(signal);

  const { code, signal: endedBy } = await done;
  if (signal === "SIGKILL") expect(endedBy).toBe("SIGKILL");
  // A signal in the first instants, before anyone listens for it, ends the process the ordinary way.
  else expect(code === 130 || endedBy === signal).toBe(true);
  for (const one of family) await eventually(async () => !(await isAlive(one)), `process ${one}`);
  for (const port of ports) await eventually(() => refused(port), `port ${port}`);
  await eventually(async () => (await marked(mark)).length === 0, `a process with ${mark}`);
  const shared = await readdir("/dev/shm");
  expect(shared.filter((name) => family.some((one) => name.endsWith(`_${one}`)))).toEqual([]);
}

const engines = available("toxiproxy") ? ["embedded", "binary"] : ["embedded"];

describe.each(engines)("ended at a random moment with --proxy %s", (proxy) => {
  describe.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("by %s", (signal) => {
    it.concurrent.each([1, 2, 3, 4, 5])("leaves nothing behind (%i)", (seed) => endAtRandom(signal, seed, proxy));
  });
});

/** The shared memory of libfaketime: named after the process that first loaded it. */
const sharedMemory = async (): Promise<string[]> =>
  (await readdir("/dev/shm").catch(() => [])).filter((name) => name.includes("faketime"));
let sharedBefore: string[] = [];
beforeAll(async () => {
  sharedBefore = await sharedMemory();
});
afterAll(async () => {
  const added = (await sharedMemory()).filter((name) => !sharedBefore.includes(name));
  const orphaned = await Promise.all(
    added.map(async (name) => ((await isAlive(Number(name.split("_").at(-1)))) ? [] : [name])),
  );
  expect(orphaned.flat()).toEqual([]);
});

describe("a client that says nothing", () => {
  it("does not outlive a Firedrill that was killed", async () => {
    const output = await scratch();
    const { child, done } = start(["run", "short-close", "--client", "mute", "--output", output], { cwd: project });
    const client = async (): Promise<number | undefined> => {
      const pids = await descendants(child.pid ?? 0);
      const commands = await Promise.all(pids.map(async (pid) => [pid, await commandLine(pid)] as const));
      return commands.find(([, command]) => command.startsWith("node mute.mjs"))?.[0];
    };
    await eventually(async () => (await client()) !== undefined, "no client yet");
    const pid = await client();
    child.kill("SIGKILL");
    await done;
    await eventually(async () => !(await isAlive(pid ?? 0)), `the client, process ${pid ?? 0}`);
  });
});

describe("a client that leaves a process in another session", () => {
  it("does not leave it to the user", async () => {
    const output = await scratch();
    const mark = `DRILL_TEST_MARK=${randomUUID()}`;
    const env = Object.fromEntries([mark.split("=")]) as Record<string, string>;
    await firedrill(["run", "short-close", "--client", "leaver", "--output", output], { cwd: project, env });
    expect(await marked(mark)).toEqual([]);
  });
});
