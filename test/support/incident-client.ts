/**
 * A stage for tests of faults: a testbed on the embedded engine and, as its client, a real Node process on the incident
 * clock that evaluates what it is asked. Everything is closed by `close`.
 */

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { hours } from "../../core/units.ts";
import { ClientLog } from "../../harness/client/client-log.ts";
import { ClientProcess } from "../../harness/client/client-process.ts";
import { watchLookups } from "../../harness/client/lookups.ts";
import { preload } from "../../harness/client/time/preload.ts";
import type { TimeProvider } from "../../harness/client/time/provider.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { startReaper } from "../../harness/process/reaper.ts";
import { startEngine } from "../../harness/proxy/choose.ts";
import { playFault } from "../../harness/runner/play-fault.ts";
import { startTestbed } from "../../harness/testbed/testbed.ts";
import { onTheWall } from "../../harness/client/watch-pace.ts";

/** Evaluates each line that it reads and answers with JSON; `signed` asks the exchange for something private. */
const program = `
  import net from "node:net";
  import { createHmac } from "node:crypto";
  import { spawn } from "node:child_process";
  import { createInterface } from "node:readline";
  import { setTimeout as sleep } from "node:timers/promises";
  const env = process.env;
  const signed = async () => {
    const query = "accountType=UNIFIED", timestamp = String(Date.now());
    const sign = createHmac("sha256", env.FIREDRILL_API_SECRET).update(timestamp + env.FIREDRILL_API_KEY + "5000" + query).digest("hex");
    const headers = { "X-BAPI-API-KEY": env.FIREDRILL_API_KEY, "X-BAPI-TIMESTAMP": timestamp, "X-BAPI-RECV-WINDOW": "5000", "X-BAPI-SIGN": sign };
    return (await fetch(env.FIREDRILL_EXCHANGE_REST_URL + "/v5/account/wallet-balance?" + query, { headers })).json();
  };
  const socket = net.connect(Number(env.ASK_PORT), "127.0.0.1");
  const AsyncFunction = (async () => {}).constructor;
  for await (const line of createInterface({ input: socket })) {
    const value = await new AsyncFunction("net", "sleep", "spawn", "signed", line)(net, sleep, spawn, signed);
    socket.write(JSON.stringify(value ?? null) + "\\n");
  }
`;

export interface IncidentClientOptions {
  compression?: number;
  time?: TimeProvider;
  /** Incident date of the start. */
  start?: string;
  /** What follows it in a command for the shell: the first process is then the shell, and not the one that answers. */
  throughShell?: string;
}

export async function incidentClient(options: IncidentClientOptions = {}) {
  const { compression = 10, time = preload, start = "2025-10-22T00:00:00Z", throughShell } = options;
  await using cleanup = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "firedrill-test-"));
  cleanup.defer(() => rm(folder, { recursive: true }));
  const clock = incidentClock({ start, compression });
  const journal = new Journal(clock);
  cleanup.defer(async () => {
    await journal.close();
  });
  const log = new ClientLog(clock, journal, join(folder, "client.log"));
  cleanup.defer(() => log.close());
  const reaper = startReaper();
  cleanup.defer(() => reaper.close());
  const engine = await startEngine("embedded", { seed: "1", reaper });
  cleanup.defer(() => engine.stop());
  const roles = ["rest-polling"];
  const testbed = await startTestbed({ id: "test", clock, journal, seed: "1", roles, engine, reaper });
  cleanup.defer(() => testbed.close());
  const lookups = await watchLookups(journal);
  cleanup.defer(() => lookups.close());
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanup.defer(() => void server.close());
  const sockets: Socket[] = [];
  cleanup.defer(() => sockets.forEach((socket) => socket.destroy()));
  let replies: AsyncIterator<string> | undefined;
  let socket: Socket | undefined;
  server.on("connection", (connected) => {
    // A killed client may leave by a reset; who asks it next learns of it.
    connected.on("error", () => undefined);
    sockets.push(connected);
  });
  const client = new ClientProcess({
    spec: {
      name: "asked",
      summary: "",
      roles,
      command:
        throughShell === undefined
          ? [process.execPath, "--input-type=module", "-e", program]
          : `"${process.execPath}" --input-type=module -e "$PROGRAM" ${throughShell}`,
      env: { ASK_PORT: String((server.address() as { port: number }).port), PROGRAM: program },
    },
    contract: testbed.contract,
    clock,
    timezone: "UTC",
    time,
    journal,
    log,
    reaper,
    run: `test-${randomUUID()}`,
    dateFile: join(folder, "client-date"),
    pace: onTheWall,
    lookups,
  });
  cleanup.defer(() => client.close("SIGKILL"));

  const answering = async (connected: Promise<unknown[]>): Promise<void> => {
    [socket] = (await connected) as [Socket];
    replies = createInterface({ input: socket })[Symbol.asyncIterator]();
  };
  let faults = 0;
  const kept = cleanup.move();
  return {
    clock,
    journal,
    testbed,
    client,
    log,
    /** Starts the client and waits until it answers. */
    async start(): Promise<void> {
      const connected = once(server, "connection");
      await client.start();
      await answering(connected);
    },
    /** Waits for a client that something else starts. */
    nextStart: () => answering(once(server, "connection")),
    /** Runs `code` in the client; what it returns comes back as JSON. */
    async ask<T>(code: string): Promise<T> {
      socket?.write(`${code.replaceAll("\n", " ")}\n`);
      const reply = await replies?.next();
      if (reply?.done !== false)
        throw new Error(`the client is gone: ${log.lastWords()?.text ?? "it printed nothing"}`);
      return JSON.parse(reply.value) as T;
    },
    fault(fault: Fault, during: () => Promise<unknown>, ttlMs = hours(1)): Promise<void> {
      faults += 1;
      const play = async (): Promise<void> => {
        await during();
      };
      return playFault(fault, play, {
        testbed,
        client,
        journal,
        clock,
        ttlMs,
        id: `fault-${faults}`,
      });
    },
    /** Resolves with the first event, past or to come, that fits. */
    seen(
      type: string,
      fits: (event: Record<string, unknown>) => boolean = () => true,
    ): Promise<Record<string, unknown>> {
      return new Promise((resolve) => {
        const look = (event: object): boolean => {
          const found = (event as { type: string }).type === type && fits(event as Record<string, unknown>);
          if (found) resolve(event as Record<string, unknown>);
          return found;
        };
        if (journal.view().events.some(look)) return;
        const stop = journal.subscribe((event) => {
          if (look(event)) stop();
        });
      });
    },
    close: () => kept.disposeAsync(),
  };
}

export type IncidentClient = Awaited<ReturnType<typeof incidentClient>>;
