import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LogFile } from "./log-file.ts";

const mib = 2 ** 20;
let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-log-"))));
afterEach(() => rm(folder, { recursive: true }));

async function written(count: number) {
  const path = join(folder, "client.log");
  const log = new LogFile(path);
  for (let n = 0; n < count; n += 1) log.write(`${n} ${"x".repeat(990)}`);
  const missing = await log.close();
  log.write("after its end");
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  return { missing, lines, numbers: lines.map((line) => Number.parseInt(line, 10)).filter((n) => !Number.isNaN(n)) };
}

test("a log that is full keeps its beginning and its end, and says between them how much is missing", async () => {
  const count = 50_000;
  const { missing, lines, numbers } = await written(count);
  expect(lines.join("\n").length).toBeLessThan(34 * mib);
  expect(numbers).toHaveLength(count - missing.lines);
  expect(numbers.at(-1)).toBe(count - 1);
  const gap = lines.findIndex((line) => line.startsWith("[firedrill: "));
  expect(lines[gap]).toBe(
    `[firedrill: ${missing.lines} lines, ${missing.bytes} bytes, are missing here: the log is too long]`,
  );
  expect(gap * 990).toBeGreaterThan(31 * mib);
  expect((lines.length - gap) * 990).toBeGreaterThan(0.4 * mib);
});

test("a log just over its beginning misses nothing", async () => {
  const { missing, numbers } = await written(34_000);
  expect(missing).toEqual({ lines: 0, bytes: 0 });
  expect(numbers).toEqual(Array.from({ length: 34_000 }, (_, n) => n));
});
