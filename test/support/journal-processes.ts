/** Lines of a client's processes, for tests of the checks that speak of them. See `journal.ts`. */

import type { Setting } from "../../harness/incident/check.ts";
import { line, setting as night, type Line } from "./journal.ts";

/** At x30 what the samples of the kernel's list cannot distinguish is 3 s. */
export const setting: Setting = { ...night, compression: 30 };

const command = "node clients/connector/main.ts";

export const childStarted = (time: string, pid: number, { parentPid = 1, runs = command } = {}): Line =>
  line(time, "client.child-started", { pid, parentPid, command: runs });

export const childEnded = (time: string, pid: number): Line => line(time, "client.child-ended", { pid, command });

export const seenGone = (time: string, pid: number): Line =>
  line(time, "client.process", { pid, command, state: "gone" });

export const seenStopped = (time: string, pid: number): Line =>
  line(time, "client.process", { pid, command, state: "stopped" });

export const subscribed = (time: string, connection: string, ...topics: string[]): Line =>
  line(time, "connection.subscribed", { endpoint: "exchange-public", connection, topics });

/** A process fault from then to then; it landed with the line `proof`. */
export const processFault = (
  kind: "kill" | "stop",
  { from, landed, to, proof = 0, id = "f1" }: { from: string; landed: string; to: string; proof?: number; id?: string },
): Line[] => {
  const name = `process.${kind}`;
  return [
    line(from, "fault.armed", { fault: id, name, endpoint: "client", awaits: "a process" }),
    line(landed, "fault.landed", { fault: id, name, proof, evidence: "it was ended" }),
    line(to, "fault.healed", { fault: id, name, by: "scenario" }),
  ];
};

/** A line of the client's log, printed at the time of `line`. */
export const logged = (loggedAt: string, text: string): Line => {
  const written = line(loggedAt, "client.logged", { loggedAt: 0, text });
  return { ...written, data: { loggedAt: written.at, text } } as Line;
};
