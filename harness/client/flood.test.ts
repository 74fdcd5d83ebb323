/** Real programs that print without end: what is kept is bounded, and what is not is counted. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { ClientLog } from "./client-log.ts";

const mib = 2 ** 20;
let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-flood-"))));
afterEach(() => rm(folder, { recursive: true }));

/** Runs a program of Node to its end, and says what became of what it printed. */
async function flood(program: string) {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 60 });
  const journal = new Journal(clock);
  const path = join(folder, "client.log");
  const log = new ClientLog(clock, journal, path);
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "pipe"] });
  log.follow(child.stdout, "out");
  log.follow(child.stderr, "err");
  await once(child, "close");
  await log.close();
  const view = journal.view();
  const dropped = (what: string) => view.all("client.output-dropped").filter((event) => event.what === what);
  const sum = (what: string): number => dropped(what).reduce((lines, event) => lines + event.lines, 0);
  const text = await readFile(path, "utf8");
  return { view, text, sum, bytes: (await stat(path)).size, last: log.lastWords() };
}

/** 160 MB in two million lines, of which each 20,000th is telemetry, and a last word. */
const lines = 2_000_000;
const everyLines = 20_000;
const printLines = `
  const { writeSync } = require("fs");
  const put = (text) => { for (let rest = Buffer.from(text); rest.length > 0; ) try { rest = rest.subarray(writeSync(1, rest)); } catch {} };
  const line = "x".repeat(79) + "\\n";
  for (let n = 0; n < ${lines}; n += ${everyLines}) {
    put(line.repeat(${everyLines} - 1));
    put(JSON.stringify({ firedrill: "tick", n }) + "\\n");
  }
  put("that was all\\n");
`;

test("a flood of lines takes neither the disk nor the telemetry, and every line of it is counted", async () => {
  const { view, text, sum, bytes, last } = await flood(printLines);
  expect(bytes).toBeLessThan(34 * mib);
  expect(view.all("client.telemetry")).toHaveLength(lines / everyLines);
  expect(sum("lines")).toBeGreaterThan(lines / 2);
  const printed = text.split("\n").filter((line) => line !== "" && !line.includes("[firedrill:")).length;
  expect(printed + sum("lines") + sum("log")).toBe(lines + 1);
  expect(text).toContain("are missing here: too much in a second]");
  expect(last?.text).toBe("that was all");
  const counted = view.all("client.printed").reduce((times, event) => times + event.times, 0);
  expect(counted + lines / everyLines).toBe(lines + 1);
});

test("a flood of telemetry is bounded, and what the journal had no room for is counted", async () => {
  const many = 600_000;
  const { view, sum } = await flood(`
    const { writeSync } = require("fs");
    const put = (text) => { for (let rest = Buffer.from(text); rest.length > 0; ) try { rest = rest.subarray(writeSync(1, rest)); } catch {} };
    for (let n = 0; n < ${many}; n += 1000) put('{"firedrill":"tick","n":1}\\n'.repeat(1000));
  `);
  const kept = view.all("client.telemetry").length;
  expect(kept).toBeLessThan(250_000);
  expect(kept + sum("telemetry")).toBe(many);
});
