/**
 * Any part of a clock is killed by SIGKILL at a moment of chance, sometimes two at once: nothing stays behind. Not covered:
 * programs that take no preload. FIREDRILL_KILLS says how often.
 */

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wallTime } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { random } from "../../core/random.ts";
import { clockAvailability } from "../../leap/index.ts";
import { descendants, isAlive, marked } from "../support/processes.ts";
import { available } from "../support/requirements.ts";

const kills = Number(process.env.FIREDRILL_KILLS ?? "12");
const patienceMs = 20_000;
const latestKillMs = 150;

const script = (name: string): string => fileURLToPath(new URL(`kill/${name}`, import.meta.url));
const node = (way: string): string[] => [process.execPath, script("client.mjs"), way];
const python = (way: string): string[] => ["python3", script("client.py"), way];
const clients = [
  ...["ticks", "condition", "computes"].map(node),
  ...(available("python3")
    ? ["sleeps", "receives", "pause", "waits_for_child", "waits_on_condition", "computes", "leaves_daemon"].map(python)
    : []),
];

type Part = "owner" | "coordinator" | "testbed" | "client";
const victims: Part[][] = [
  ["owner"],
  ["coordinator"],
  ["testbed"],
  ["client"],
  ["owner", "coordinator"],
  ["coordinator", "testbed"],
  ["owner", "client"],
  ["coordinator", "client"],
];

interface Line {
  part: Part | "up" | "descendant";
  pid: number;
}

/** The shared memory that a process has mapped, by its number; nobody else's has the same. */
async function memoryOf(pid: number): Promise<string | undefined> {
  const maps = await readFile(`/proc/${pid}/maps`, "utf8").catch(() => "");
  return /^\S+ \S+ \S+ (\S+ \d+) +\/memfd:firedrill-clock/m.exec(maps)?.[1];
}

async function whoHasMapped(memory: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name)).map(Number);
  const all = await Promise.all(pids.map(async (pid) => [pid, await memoryOf(pid)] as const));
  return all.filter(([, mapped]) => mapped === memory).map(([pid]) => pid);
}

const socketsOf = async (coordinator: number): Promise<string[]> =>
  (await readFile("/proc/net/unix", "utf8"))
    .split("\n")
    .filter((line) => line.includes(`@firedrill-clock-${coordinator}-`));

class Stage {
  readonly #mark = `KILL_MARK=${randomUUID()}`;
  readonly #folder: string;
  readonly #argv: string[];
  /** Every process that was heard or seen of. */
  readonly #seen = new Map<number, string>();
  #memory: string | undefined;
  #shared: string[] = [];

  static async set(argv: string[]): Promise<Stage> {
    const stage = new Stage(argv, await mkdtemp(join(tmpdir(), "firedrill-kill-")));
    stage.#shared = await readdir("/dev/shm").catch(() => []);
    return stage;
  }

  private constructor(argv: string[], folder: string) {
    this.#argv = argv;
    this.#folder = folder;
  }

  /** Kills them so long after the last of them, and what else is waited for, is there. */
  async killed(parts: readonly Part[], waited: readonly Line["part"][], afterMs: number): Promise<void> {
    const env = { ...process.env, KILL_MARK: this.#mark.split("=")[1], TMPDIR: this.#folder };
    const owner = spawn(process.execPath, [script("owner.ts"), JSON.stringify(this.#argv)], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (owner.pid === undefined) throw new Error("the owner was not started");
    this.#seen.set(owner.pid, "owner");
    const missing = new Set([...waited, ...parts.filter((part) => part !== "owner")]);
    for await (const line of missing.size === 0 ? [] : createInterface({ input: owner.stdout })) {
      const { part, pid } = JSON.parse(line) as Line;
      if (pid > 0) this.#seen.set(pid, part);
      if (part === "coordinator") {
        this.#memory = await memoryOf(pid);
        expect(this.#memory).toBeDefined();
        expect(await socketsOf(pid)).toHaveLength(1);
      }
      missing.delete(part);
      if (missing.size === 0) break;
    }
    expect(missing).toEqual(new Set());
    await wallTime(afterMs);
    (await descendants(owner.pid)).forEach((pid) => this.#seen.set(pid, this.#seen.get(pid) ?? "descendant"));
    for (const [pid, part] of this.#seen) if (parts.includes(part as Part)) process.kill(pid, "SIGKILL");
  }

  async #left(): Promise<Record<string, unknown[]>> {
    const seen = [...this.#seen];
    const alive = await Promise.all(seen.map(async ([pid, part]) => ((await isAlive(pid)) ? [`${part} ${pid}`] : [])));
    const coordinators = seen.filter(([, part]) => part === "coordinator").map(([pid]) => pid);
    const before = this.#shared;
    const left: Record<string, unknown[]> = {
      alive: alive.flat(),
      marked: (
        await Promise.all((await marked(this.#mark)).map(async (pid) => ((await isAlive(pid)) ? [pid] : [])))
      ).flat(),
      mapped: this.#memory === undefined ? [] : await whoHasMapped(this.#memory),
      sockets: (await Promise.all(coordinators.map(socketsOf))).flat(),
      files: await readdir(this.#folder),
      shared: (await readdir("/dev/shm").catch(() => [])).filter(
        (name) => !before.includes(name) && /firedrill|clock/.test(name),
      ),
    };
    return Object.fromEntries(Object.entries(left).filter(([, list]) => list.length > 0));
  }

  /** What stays, however long one waits for it to go; empty: nothing. */
  async leftInTheEnd(): Promise<Record<string, unknown[]>> {
    const limit = performance.now() + patienceMs;
    let left = await this.#left();
    while (Object.keys(left).length > 0 && performance.now() < limit) {
      await wallTime(20);
      left = await this.#left();
    }
    return left;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pid of [...this.#seen.keys(), ...(await marked(this.#mark))])
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It is gone, as it should be.
      }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

const onLinux = process.platform === "linux";
beforeAll(async () => {
  // Compiled before the first is killed in the middle of it.
  if (onLinux) expect(await clockAvailability()).toMatchObject({ available: true });
});

/** Nobody is left to end these but the kernel. */
const hardest = ["pause", "waits_for_child", "leaves_daemon", "computes"].map((way) => ({
  parts: ["owner", "coordinator"] satisfies Part[],
  argv: available("python3") ? python(way) : node("computes"),
}));
const others = random("ways").shuffle(victims.flatMap((parts) => clients.map((argv) => ({ parts, argv }))));
const ways = [...hardest, ...others];

const planned = Array.from({ length: kills }, (_, seed) => {
  const chance = random(`kill ${seed}`);
  const { parts, argv } = ways[seed % ways.length] ?? { parts: [], argv: [] };
  // Some of them while the parts are still starting.
  const early = seed >= hardest.length && chance.chance(0.5);
  const waited: Line["part"][] = early ? [] : ["up"];
  const afterMs = chance.integer(0, early && parts.every((part) => part === "owner") ? 4 * latestKillMs : latestKillMs);
  const who = parts.join(" and ");
  const when = `${afterMs} ms after ${early ? "they started" : "all were up"}`;
  return {
    seed,
    parts,
    argv,
    waited,
    afterMs,
    who,
    when,
    client: argv
      .slice(1)
      .join(" ")
      .replace(/.*client/, ""),
  };
});

test.runIf(onLinux).each(planned)("$seed: $who killed, $when, with client$client", async (kill) => {
  await using stage = await Stage.set(kill.argv);
  await stage.killed(kill.parts, kill.waited, kill.afterMs);
  expect(await stage.leftInTheEnd()).toEqual({});
});
