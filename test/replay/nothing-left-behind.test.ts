/** Whatever ends Firedrill, at whatever moment: no process, no listening port and no shared memory stays behind. */

import { randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { random } from "../../core/random.ts";
import { firedrill, resultOf, scratch, start } from "../support/firedrill.ts";
import { commandLine, descendants, isAlive, listeningPorts, marked } from "../support/processes.ts";
import { available } from "../support/requirements.ts";

const project = fileURLToPath(new URL("../fixtures/project/", import.meta.url));
const stubborn = fileURLToPath(new URL("../fixtures/stubborn/", import.meta.url));
/** From before anything is started to the middle of the scenario. */
const lastMomentMs = 2_000;
const patienceMs = 10_000;
/** A start on a machine that does much else. */
const startedWithinMs = 40_000;

async function eventually(holds: () => Promise<boolean>, what: string, withinMs = patienceMs): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`after ${withinMs} ms there still is ${what}`);
    await sleep(20);
  }
}

/**
 * Before Node has started, a signal finds nobody who could answer it. Waits until SIGHUP is caught, which is the last of
 * those that Firedrill listens for; the others Node catches by itself, to be ended by them.
 */
async function listensFor(pid: number): Promise<void> {
  const caught = async (): Promise<bigint> => {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return BigInt(`0x${/^SigCgt:\t(\w+)$/m.exec(status)?.[1] ?? "0"}`);
  };
  await eventually(async () => ((await caught()) & 1n) !== 0n, "nobody who listens for SIGHUP", startedWithinMs);
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

async function endAtRandom(signal: NodeJS.Signals, seed: number, proxy: string, output: string): Promise<void> {
  const mark = `DRILL_TEST_MARK=${randomUUID()}`;
  const { child, done } = start(["run", "outage-2025-10-22", "--proxy", proxy, "--output", output], {
    env: Object.fromEntries([mark.split("=")]) as Record<string, string>,
  });
  const pid = child.pid ?? 0;
  await listensFor(pid);
  await sleep(random(seed).integer(0, lastMomentMs));
  const family = [pid, ...(await descendants(pid))];
  const ports = await listeningPorts(family);
  child.kill(signal);

  const { code, signal: endedBy, stdout, stderr } = await done;
  if (signal === "SIGKILL") expect(endedBy).toBe("SIGKILL");
  else expect({ code, endedBy }, stdout + stderr).toEqual({ code: 130, endedBy: null });
  for (const one of family) await eventually(async () => !(await isAlive(one)), `process ${one}`);
  for (const port of ports) await eventually(() => refused(port), `port ${port}`);
  await eventually(async () => (await marked(mark)).length === 0, `a process with ${mark}`);
  const shared = await readdir("/dev/shm");
  expect(shared.filter((name) => family.some((one) => name.endsWith(`_${one}`)))).toEqual([]);
}

const engines = available("toxiproxy") ? ["embedded", "binary"] : ["embedded"];

describe.each(engines)("ended at a random moment with --proxy %s", (proxy) => {
  describe.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("by %s", (signal) => {
    it.concurrent.for([1, 2, 3, 4, 5])("leaves nothing behind (%i)", async (seed, { onTestFinished }) =>
      endAtRandom(signal, seed, proxy, await scratch(onTestFinished)),
    );
  });
});

describe("interrupted before it has begun", () => {
  it.each([0, 20, 50, 100, 200, 400])("exits with 130 (after %i ms)", async (afterMs) => {
    const { child, done } = start(["run", "short-close"], { cwd: project, env: { FIREDRILL_OUTPUT: await scratch() } });
    await listensFor(child.pid ?? 0);
    await sleep(afterMs);
    child.kill(afterMs % 40 === 0 ? "SIGTERM" : "SIGINT");
    expect(await done).toMatchObject({ code: 130, signal: null });
  });

  it("a short command too", async () => {
    const { child, done } = start(["doctor"]);
    await listensFor(child.pid ?? 0);
    child.kill("SIGTERM");
    expect(await done).toMatchObject({ code: 130, signal: null });
  });
});

describe.skipIf(!available("clock"))("a scenario that never ends by itself", () => {
  it("is invalid an hour after its end, on a clock that leaps", async () => {
    const output = await scratch();
    const { done } = start(["run", "waits-for-ever"], { cwd: stubborn, env: { FIREDRILL_OUTPUT: output } });
    const { code, stdout } = await done;
    expect(stdout).toMatch(/waits-for-ever was to end at 2025-10-21T23:10:00Z, and an hour later its play went on/);
    expect(code).toBe(3);
  });
});

describe("a scenario that never heeds the interrupt", () => {
  it.each(["spins-for-ever"])("%s is ended by one signal", async (scenario) => {
    const { child, done } = start(["run", scenario], { cwd: stubborn, env: { FIREDRILL_OUTPUT: await scratch() } });
    const started = new Promise((resolve) =>
      child.stderr?.on("data", (text: string) => text.includes("!") && resolve(0)),
    );
    await started;
    child.kill("SIGINT");
    const { code, stderr } = await done;
    expect(code).toBe(130);
    expect(stderr).toContain("The run had not ended after 15 s, so it was ended.");
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

/** On a clock that leaps the run may be over before anybody has seen its client. */
const unhurried = available("clock") ? ["--time", "real"] : [];

describe("a client that says nothing", () => {
  it("does not outlive a Firedrill that was killed", async () => {
    const output = await scratch();
    const args = ["run", "short-close", "--client", "mute", "--output", output, ...unhurried];
    const { child, done } = start(args, { cwd: project });
    const client = async (): Promise<number | undefined> => {
      const pids = await descendants(child.pid ?? 0);
      const commands = await Promise.all(pids.map(async (pid) => [pid, await commandLine(pid)] as const));
      return commands.find(([, command]) => command.startsWith("node mute.mjs"))?.[0];
    };
    await eventually(async () => (await client()) !== undefined, "no client yet", startedWithinMs);
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

  it.each([
    ["holder", /never landed/],
    ["daemon", /The client exited with code 0 before .+ It left "sh -c .+ running: .+ start it in the foreground/],
  ])("nor does %s hold up the end of the run", async (client, reason) => {
    const output = await scratch();
    const HELPER = `helper-${randomUUID()}`;
    const args = ["run", "short-close", "--client", client, "--output", output];
    const { code } = await firedrill(args, { cwd: project, env: { HELPER } });
    expect(code).toBe(3);
    expect((await resultOf(output)).results[0]?.reason).toMatch(reason);
    expect(await running(HELPER)).toEqual([]);
  });

  it("nor is it found when Firedrill is killed", async () => {
    const output = await scratch();
    const HELPER = `helper-${randomUUID()}`;
    const args = ["run", "short-close", "--client", "holder", "--output", output, ...unhurried];
    const { child, done } = start(args, { cwd: project, env: { HELPER } });
    const helper = async (): Promise<boolean> => (await running(HELPER)).some((command) => command.startsWith("sh "));
    await eventually(helper, "no helper yet", startedWithinMs);
    child.kill("SIGKILL");
    await done;
    await eventually(async () => (await running(HELPER)).length === 0, `a process of ${HELPER}`);
  });
});

/** The command lines that name it. */
async function running(name: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const commands = await Promise.all(pids.map((pid) => commandLine(Number(pid))));
  return commands.filter((command) => command.includes(name));
}
