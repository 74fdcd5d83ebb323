/** What is seen of a real client's processes. */

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { incidentClient, type IncidentClient } from "../../test/support/incident-client.ts";
import { lookAt, showsProcesses } from "../process/process-tree.ts";

let stage: IncidentClient;
beforeEach(async () => {
  stage = await incidentClient();
  await stage.start();
});
afterEach(() => stage.close());

const all = <T extends "client.child-started" | "client.child-ended" | "client.left-behind" | "client.logged">(
  type: T,
) => stage.journal.view().all(type);
const idle = "setInterval(() => {}, 1e6)";
const startChild = (options: string, code = idle) =>
  stage.ask<number>(`return spawn(process.execPath, ["-e", ${JSON.stringify(code)}, "connector"], ${options}).pid`);

describe.skipIf(!showsProcesses)("the children of a client", () => {
  test("are seen to start, under what they run, and to end", async () => {
    const pid = await startChild(`{ stdio: "ignore" }`);
    const started = await stage.seen("client.child-started", (event) => event.pid === pid);
    expect(started).toMatchObject({ parentPid: stage.client.pid, command: `${process.execPath} -e ${idle} connector` });
    process.kill(pid, "SIGKILL");
    await stage.seen("client.child-ended", (event) => event.pid === pid);
    expect(all("client.child-started")).toHaveLength(1);
  });

  test("the log is quoted around the end of one, and not without", async () => {
    const pid = await startChild(`{ stdio: "ignore" }`);
    await stage.seen("client.child-started", (event) => event.pid === pid);
    await stage.ask(`console.error("all is well")`);
    await stage.ask(`await sleep(2000)`);
    await stage.ask(`process.kill(${pid}, "SIGKILL"); console.error("the connector exited")`);
    await stage.seen("client.child-ended");
    await stage.ask(`console.error("starting another")`);
    await stage.seen("client.logged", ({ text }) => text === "starting another");
    expect(all("client.logged").map(({ text }) => text)).toEqual(["the connector exited", "starting another"]);
  });

  test("a grandchild in a session of its own is the client's too, and is left behind", async () => {
    const pid = await startChild(`{ stdio: "ignore", detached: true }`);
    await stage.seen("client.child-started", (event) => event.pid === pid);
    await stage.client.stop("SIGTERM", "operator");
    expect(all("client.left-behind")).toMatchObject([{ pid, command: expect.stringContaining("connector") as string }]);
    process.kill(pid, "SIGKILL");
  });

  test("one that ends together with the client is not left behind", async () => {
    const pid = await startChild(`{ stdio: "ignore" }`);
    await stage.seen("client.child-started", (event) => event.pid === pid);
    await stage.client.stop("SIGTERM", "operator");
    expect(all("client.left-behind")).toEqual([]);
  });

  test("a daemon with nothing of the client's but what the kernel knows is left behind, and gone with the run", async () => {
    const daemon = `spawn("sh", ["-c", "(sleep 99999999 &)"], { stdio: "ignore", detached: true, env: { PATH: "${process.env.PATH ?? ""}" } })`;
    await stage.ask(`await new Promise((resolve) => ${daemon}.once("exit", resolve))`);
    const { pid } = await stage.seen("client.child-started", (event) => event.command === "sleep 99999999");
    await stage.client.stop("SIGTERM", "operator");
    expect(all("client.left-behind")).toMatchObject([{ pid }]);
    await stage.client.close();
    expect((await lookAt(Number(pid))).state).toBe("gone");
  });

  test("what an earlier start has left is not the next one's", async () => {
    const pid = await startChild(`{ stdio: "ignore", detached: true }`);
    await stage.seen("client.child-started", (event) => event.pid === pid);
    await stage.client.stop("SIGTERM", "operator");
    await stage.start();
    const next = await startChild(`{ stdio: "ignore" }`);
    await stage.seen("client.child-started", (event) => event.pid === next);
    expect(all("client.child-started").filter((event) => event.pid === pid)).toHaveLength(1);
  });
});
