/**
 * Sees dials that were refused. No server learns of one: the kernel answers the SYN with a reset by itself. But Linux
 * informs anybody who asks of every TCP socket that it takes down, and a refused one shows: it was sent one segment, a
 * reset, and nothing it sent was ever acknowledged. `ss` (iproute2) prints them as they come. The ports are the run's
 * own, so whoever dials them is the client. Not seen are dials of sockets that block without a timeout, from which the
 * kernel has wiped the port by then, and dials from another network namespace.
 */

import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { wallClock } from "../../core/clock.ts";
import { messageOf } from "../../core/errors.ts";
import type { JournalSink } from "../../core/journal/event.ts";
import { seconds } from "../../core/units.ts";
import { startGated, type GatedProcess } from "../process/gate.ts";
import type { Reaper } from "../process/reaper.ts";
import { freePort } from "./free-port.ts";

declare module "../../core/journal/event.ts" {
  interface EventMap {
    /** The client dialled a port that was closed, and was refused (ECONNREFUSED). `clientPort` is the client's own. */
    "proxy.dial-refused": { endpoint: string; clientPort: number };
    /** From here on refused dials are not seen any more: whoever counts them has to stop here. */
    "proxy.refusals-unseen": { why: string };
  }
}

export interface RefusedDials {
  /** Why this machine does not show them and what to do, or undefined where it does. */
  readonly missing: string | undefined;
  close(): Promise<void>;
}

export interface RefusedDialsOptions {
  /** Port -> endpoint. */
  ports: ReadonlyMap<number, string>;
  journal: JournalSink;
  reaper: Reaper;
}

/** Far more than `ss` takes to start; a machine that does not show our own dial by then shows nobody's. */
const patienceMs = seconds(5);
const redialMs = 2;

export async function watchRefusedDials({ ports, journal, reaper }: RefusedDialsOptions): Promise<RefusedDials> {
  const unseen = (why: string): RefusedDials => ({ missing: why, close: () => Promise.resolve() });
  if (process.platform !== "linux") return unseen(`${process.platform} does not show them. Run it on Linux.`);
  // Nobody listens there: our own dials to it show whether we see anything, and since when.
  const canary = await freePort("127.0.0.1");
  const filter = [canary, ...ports.keys()].map((port) => `dport = :${port}`).join(" or ");
  let ss: GatedProcess;
  try {
    ss = await startGated(
      {
        owner: "the watch for refused dials",
        argv: ["stdbuf", "-oL", "ss", "--events", "--tcp", "--all", "--numeric", "--no-header", "--info", filter],
        env: { PATH: process.env.PATH ?? "" },
      },
      reaper,
    );
  } catch (error) {
    return unseen(`${messageOf(error)} It is in Debian's iproute2.`);
  }
  ss.stderr.resume();
  const found = new AbortController();
  let closing = false;
  const seesCanary = await new Promise<boolean>((resolve) => {
    void ss.exited.then(() => resolve(false));
    refusals(ss, ({ port, clientPort }) => {
      const endpoint = ports.get(port);
      if (endpoint !== undefined) journal.write("proxy.dial-refused", { endpoint, clientPort });
      else resolve(true);
    });
    void redial(canary, found.signal).then(() => resolve(false));
  });
  found.abort();
  const close = async (): Promise<void> => {
    closing = true;
    ss.kill("SIGKILL");
    await ss.exited;
  };
  if (!seesCanary) {
    await close();
    return unseen(
      "ss --events does not show them here. Run it on the machine itself, or in a container with its own network.",
    );
  }
  void ss.exited.then(() => {
    if (!closing) journal.write("proxy.refusals-unseen", { why: "ss ended" });
  });
  return { missing: undefined, close };
}

/** Each socket is two lines: its state and addresses, then what its connection was like. */
function refusals(ss: GatedProcess, report: (refused: { port: number; clientPort: number }) => void): void {
  let head: RegExpExecArray | null = null;
  createInterface({ input: ss.stdout }).on("line", (line) => {
    if (!/^\s/.test(line)) {
      head = /^UNCONN\s+0\s+1\s+\S+:(\d+)\s+\S+:(\d+)/.exec(line);
      return;
    }
    const wasRefused = /\bsegs_in:1\b/.test(line) && !line.includes("bytes_acked:");
    if (head !== null && wasRefused) report({ clientPort: Number(head[1]), port: Number(head[2]) });
    head = null;
  });
}

/** Dials again and again, because it cannot be known when `ss` has begun to listen. */
async function redial(port: number, stop: AbortSignal): Promise<void> {
  const deadline = wallClock.elapsed() + patienceMs;
  while (!stop.aborted && wallClock.elapsed() < deadline) {
    const socket = connect({ port, host: "127.0.0.1" }).on("error", () => undefined);
    await once(socket, "close").catch(() => undefined);
    await wallClock.sleep(redialMs);
  }
}
