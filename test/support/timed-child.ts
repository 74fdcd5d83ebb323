/** A real child process under a time provider, which evaluates what it is asked in its own time. */

import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { incidentClock, wallClock, type Clock } from "../../core/clock.ts";
import { startGated } from "../../harness/process/gate.ts";
import { startReaper } from "../../harness/process/reaper.ts";
import { faketime } from "../../harness/client/time/faketime.ts";
import { preload } from "../../harness/client/time/preload.ts";
import type { TimeProvider } from "../../harness/client/time/provider.ts";
import { available } from "./requirements.ts";

export const providers: { provider: TimeProvider; present: boolean; mayBeEarlyMs: number }[] = [
  { provider: preload, present: true, mayBeEarlyMs: 0 },
  // A Node timer may fire a millisecond early, and no code of ours is in the client to look again.
  { provider: faketime, present: available("faketime"), mayBeEarlyMs: 1.5 },
];

const program = fileURLToPath(new URL("./timed-child-program.mjs", import.meta.url));
const nodeArgv = [process.execPath, program] as const;

export interface TimedChild {
  readonly clock: Clock;
  /** How long its start took, wall ms. */
  readonly startMs: number;
  /** Runs `code` in the child; what it returns comes back as JSON. */
  ask<T>(code: string): Promise<T>;
}

/** A function that starts children, which end with the test file that calls this. */
export function timedChildren(): (
  provider: TimeProvider,
  options?: { compression?: number; argv?: readonly [string, ...string[]] },
) => Promise<TimedChild> {
  const reaper = startReaper();
  const ends: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    await Promise.all(ends.map((end) => end()));
    await reaper.close();
  });

  return async (provider, { compression = 300, argv = nodeArgv } = {}) => {
    const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression });
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const connected = once(server, "connection") as Promise<[Socket]>;
    const base = { PATH: process.env.PATH ?? "", TZ: "Asia/Dubai" };
    const before = wallClock.elapsed();
    const started = await startGated(
      {
        owner: "the test's child",
        argv: [...argv, String(port)],
        env: { ...base, ...provider.environment(clock, base, "/nonexistent") },
        late: (loadedAgoMs) => provider.late(clock, loadedAgoMs, 0),
        leftovers: provider.leftovers,
        precedence: true,
      },
      reaper,
    );
    const startMs = wallClock.elapsed() - before;
    ends.push(() => {
      started.kill("SIGKILL");
      return started.exited;
    });
    let stderr = "";
    started.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const died = started.exited.then(() => {
      throw new Error(`the child died: ${stderr}`);
    });
    died.catch(() => undefined);
    const [socket] = await Promise.race([connected, died]);
    server.close();
    socket.on("error", () => undefined);
    const replies = createInterface({ input: socket })[Symbol.asyncIterator]();
    return {
      clock,
      startMs,
      async ask<T>(code: string): Promise<T> {
        socket.write(`${code.replaceAll("\n", " ")}\n`);
        const next = await Promise.race([replies.next(), died]);
        // Its socket closes before it has ended.
        const reply = next.done === true ? await died : next;
        return JSON.parse(reply.value) as T;
      },
    };
  };
}
