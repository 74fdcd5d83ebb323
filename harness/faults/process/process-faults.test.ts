/** What each process fault does to a real client, as the client, the kernel and the journal see it. */

import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { incidentClient, type IncidentClient } from "../../../test/support/incident-client.ts";
import { lookAt, processTree, showsProcesses } from "../../process/process-tree.ts";
import { preload } from "../../client/time/preload.ts";
import kill from "./kill.ts";
import noAddress from "./no-address.ts";
import restart from "./restart.ts";
import slowCpu from "./slow-cpu.ts";
import stop from "./stop.ts";

let stage: IncidentClient;
beforeEach(async () => {
  stage = await incidentClient();
  await stage.start();
});
afterEach(() => stage.close());

const landed = () => stage.journal.view().all("fault.landed");
const pid = (): number => stage.client.pid ?? NaN;
/** A child of the client that does nothing but be there, under a name of its own. */
const startChild = (name: string) =>
  stage.ask<number>(`return spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)", "${name}"]).pid`);

describe.skipIf(!showsProcesses)("process.kill", () => {
  test("ends the client and its children; the exit is not the client's doing", async () => {
    const child = await startChild("connector");
    const killed = pid();
    await stage.fault(kill({}), () => stage.seen("client.exited"));
    expect(stage.journal.view().first("client.exited")).toMatchObject({
      pid: killed,
      signal: "SIGKILL",
      expected: true,
    });
    expect(stage.journal.view().first("client.stopping")).toMatchObject({ by: "fault", signal: "SIGKILL" });
    expect(landed()).toMatchObject([{ name: "process.kill", evidence: `process ${killed} was ended by SIGKILL` }]);
    await expect.poll(async () => (await lookAt(child)).state).toBe("gone");
  });

  test("ends one child by what it runs, and nothing else", async () => {
    const [connector, other] = [await startChild("connector"), await startChild("other")];
    await stage.fault(kill({ child: "connector" }), () => stage.seen("fault.landed"));
    expect((await lookAt(connector)).state).toBe("gone");
    expect((await lookAt(other)).state).toBe("running");
    expect(await stage.ask("return 7")).toBe(7);
    expect(stage.journal.view().all("client.process")).toMatchObject([
      { pid: connector, state: "running" },
      { pid: connector, state: "gone" },
    ]);
  });

  test("kills each successor of a child until the heal", async () => {
    const gone = (pid: number) => stage.seen("client.process", (event) => event.pid === pid && event.state === "gone");
    await stage.fault(kill({ child: "connector", again: true }), async () => {
      for (const pid of [await startChild("connector"), await startChild("connector")]) await gone(pid);
    });
    const after = await startChild("connector");
    await stage.seen("client.child-started", ({ pid }) => pid === after);
    expect((await lookAt(after)).state).toBe("running");
    expect(landed()).toHaveLength(1);
    await expect(stage.fault(kill({ again: true }), () => Promise.resolve())).rejects.toThrow(
      '"again" needs a "child"',
    );
  });

  test("waits for a child that is not there yet, and does not land where none comes", async () => {
    await stage.fault(kill({ child: "connector" }), async () => {
      expect(landed()).toEqual([]);
      await startChild("connector");
      await stage.seen("fault.landed");
    });
    await stage.fault(kill({ child: "never-there" }), () => stage.ask("return 1"));
    expect(landed()).toHaveLength(1);
  });
});

describe.skipIf(!showsProcesses)("process.stop", () => {
  test("freezes the client until the heal", async () => {
    let answered: Promise<number> | undefined;
    await stage.fault(stop({}), async () => {
      await stage.seen("fault.landed");
      answered = stage.ask<number>("return 7");
      expect((await lookAt(pid())).state).toBe("stopped");
    });
    expect(await answered).toBe(7);
    expect((await lookAt(pid())).state).toBe("running");
  });

  test("freezes the bot that a shell has started, and not the shell alone", async () => {
    const behind = await incidentClient({ throughShell: "; exit $?" });
    onTestFinished(() => behind.close());
    await behind.start();
    const bot = await behind.ask<number>("return process.pid");
    expect(bot).not.toBe(behind.client.pid);
    await behind.fault(stop({}), async () => {
      await behind.seen("fault.landed");
      await expect.poll(async () => (await lookAt(bot)).state).toBe("stopped");
    });
    expect(await behind.ask<number>("return 7")).toBe(7);
  });

  test("is over when its time to live is, and the client can be ended while it lasts", async () => {
    const healed = stage.fault(stop({}), () => stage.seen("fault.healed"), 5_000);
    await healed;
    expect(stage.journal.view().first("fault.healed")).toMatchObject({ by: "time-to-live" });
    expect(await stage.ask("return 7")).toBe(7);
    await stage.fault(stop({}), async () => {
      await stage.seen("fault.landed", ({ fault }) => fault === "fault-2");
      await stage.client.stop("SIGTERM", "operator");
    });
    expect(stage.journal.view().first("client.exited")).toMatchObject({ signal: "SIGTERM", expected: true });
  });
});

describe.skipIf(!showsProcesses)("process.slow-cpu", () => {
  const share = 0.25;
  /** CPU time per wall time of a loop that wants it all. Wall and CPU time are the kernel's, not the incident's. */
  const measure = `
    const { readFileSync } = await import("node:fs");
    const uptime = () => Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]) * 1e6;
    const wall = uptime(), cpu = process.cpuUsage();
    while (uptime() - wall < 600e3);
    const used = process.cpuUsage(cpu);
    return (used.user + used.system) / (uptime() - wall);`;

  test("leaves the client its share of the time, and all of it after the heal", async () => {
    await stage.fault(slowCpu({ share }), async () => {
      await stage.seen("fault.landed");
      expect(await stage.ask<number>(measure)).toBeLessThan(share * 1.5);
    });
    expect((await lookAt(pid())).state).toBe("running");
    expect(await stage.ask<number>("return 7")).toBe(7);
  });

  test("a share that is none is an error", async () => {
    await expect(stage.fault(slowCpu({ share: 1 }), () => Promise.resolve())).rejects.toThrow(
      "A CPU cannot be slowed to a share of 1: allowed is above 0 and below 1.",
    );
  });
});

test("process.restart ends the client by the signal and starts it again", async () => {
  const before = pid();
  const again = stage.nextStart();
  await stage.fault(restart({}), () => again);
  expect(pid()).not.toBe(before);
  expect(await stage.ask("return process.pid")).toBe(pid());
  expect(stage.journal.view().first("client.exited")).toMatchObject({ pid: before, signal: "SIGTERM", expected: true });
  expect(landed()).toMatchObject([{ evidence: `the client was started again as process ${pid()}` }]);
});

test.skipIf(!showsProcesses)("nothing of the client is left", async () => {
  const child = await startChild("connector");
  await stage.client.stop("SIGTERM", "operator");
  await expect.poll(async () => (await lookAt(child)).state).toBe("gone");
  expect(await processTree(child)).toEqual([]);
});

describe("process.no-address", () => {
  const noWebhook = noAddress({ endpoint: "webhook" });
  const urlOfClient = () => stage.ask<string>("return process.env.FIREDRILL_WEBHOOK_URL");

  test("starts the client with such a host, lands with its lookup, and starts it with the true one after that", async () => {
    stage = await incidentClient({ time: { ...preload, seesLookups: true } });
    onTestFinished(() => stage.close());
    await stage.start();
    const url = await urlOfClient();
    const [before, restarted] = [pid(), stage.nextStart()];
    let back: Promise<void> = Promise.resolve();
    await stage.fault(noWebhook, async () => {
      await restarted;
      expect(await urlOfClient()).toBe(url.replace("127.0.0.1", "firedrill-webhook.invalid"));
      expect(landed()).toEqual([]);
      // What the clock's library says of a lookup, which has a test of its own.
      await stage.ask(`
        const { createSocket } = await import("node:dgram");
        const socket = createSocket("udp4");
        const sent = new Promise((resolve) => socket.send("firedrill-webhook.invalid", Number(process.env.FIREDRILL_LOOKUPS), "127.0.0.1", resolve));
        await sent;
        socket.close();
      `);
      await stage.seen("fault.landed");
      back = stage.nextStart();
    });
    await back;
    expect(await urlOfClient()).toBe(url);
    expect(pid()).not.toBe(before);
    expect(landed()).toMatchObject([{ evidence: "the client looked firedrill-webhook.invalid up" }]);
  });

  test("needs a clock whose library sees lookups", async () => {
    await expect(stage.fault(noWebhook, () => Promise.resolve())).rejects.toThrow(
      "needs a clock whose library sees lookups of names: preload does not. Use --time leap or real.",
    );
  });
});
