/** Starts the exchange in its process and asks it about itself; what both sides agree on is here, too. */

import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ApiKey } from "../../../mock-exchange/api-key.ts";

export const startMs = Date.parse("2026-01-01T00:30:00Z");
export const key: ApiKey = { key: "fuzz-key", secret: "fuzz-secret" };
export const readOnlyKey: ApiKey = { key: "read-key", secret: "read-secret", readOnly: true };
export const expiredKey: ApiKey = { key: "old-key", secret: "old-secret", expiresMs: startMs - 1 };
export const keys = [key, readOnlyKey, expiredKey];

export type Ask = "heap" | "books";

export interface Ports {
  rest: number;
  public: number;
  private: number;
  trade: number;
}

export interface Stage {
  readonly free: Ports;
  readonly limited: Ports;
  ask(what: Ask): Promise<unknown>;
  /** Undefined while it runs, else how it ended. */
  ended(): string | undefined;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const child: ChildProcess = fork(fileURLToPath(new URL("./exchange-process.ts", import.meta.url)), [], {
    execArgv: ["--expose-gc"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let stderr = "";
  let ended: string | undefined;
  child.stderr?.on("data", (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4_000)));
  const exit = once(child, "exit");
  const over = exit.then(([code, signal]): never => {
    ended = `exit code ${String(code)}, signal ${String(signal)}, stderr: ${stderr}`;
    throw new Error(`The exchange ended: ${ended}`);
  });
  over.catch(() => undefined);
  const heard = async (): Promise<unknown> => (await Promise.race([once(child, "message"), over]))[0] as unknown;
  const ports = (await heard()) as { free: Ports; limited: Ports };
  return {
    ...ports,
    ask(what) {
      const answer = heard();
      child.send(what);
      return answer;
    },
    ended: () => ended,
    async close() {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}
