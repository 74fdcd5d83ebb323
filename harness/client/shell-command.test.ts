/**
 * A client that was given as a command for the shell: the shell is the process that was started, and what is seen of the
 * client has to be the bot behind it.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { incidentClient, type IncidentClient } from "../../test/support/incident-client.ts";

const known = existsSync("/proc/self/schedstat");
if (!known) console.log("skipped: the tests of a client behind a shell; this system keeps no account of it in /proc.");

const mib = 2 ** 20;
let stage: IncidentClient;
let bot: number;
beforeEach(async () => {
  stage = await incidentClient({ throughShell: "> /dev/null 2>&1; sleep 60" });
  await stage.start();
  bot = await stage.ask<number>("return process.pid");
});
afterEach(() => stage.close());

describe.skipIf(!known)("of a client behind a shell", () => {
  test("the memory is the bot's", async () => {
    await stage.ask("globalThis.held = Buffer.alloc(200 * 2 ** 20, 1)");
    await stage.seen("client.resources", (event) => Number(event.rssBytes) > 200 * mib);
  });

  test("the end is the bot's, which takes its time", async () => {
    await stage.ask(`process.on("SIGINT", () => setTimeout(() => process.exit(3), 8000))`);
    await stage.client.stop("SIGINT", "operator");
    const events = stage.journal.view();
    expect(events.all("client.left-behind")).toEqual([]);
    expect(events.first("client.exited")).toMatchObject({ code: 3, signal: null, expected: true });
  });

  test("the wait for a CPU is the bot's", async () => {
    const loop = spawn("taskset", ["-c", "0", "sh", "-c", "while :; do :; done"], { stdio: "ignore" });
    onTestFinished(() => void loop.kill("SIGKILL"));
    await once(spawn("taskset", ["-cp", "0", String(bot)], { stdio: "ignore" }), "exit");
    const sofar = stage.journal.view().events.length;
    const starved = stage.seen("client.starved", ({ seq }) => Number(seq) > sofar);
    // Until it is seen: two that never rest share one CPU.
    await stage.ask("globalThis.spinning = setInterval(() => { for (let n = 0; n < 1e7; n += 1); })");
    expect(Number((await starved).wallMs)).toBeGreaterThanOrEqual(10);
  });
});
