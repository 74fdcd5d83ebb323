import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FiredrillError } from "./errors.ts";
import { LineFile } from "./line-file.ts";

test("gives the hash of what it has written", async () => {
  const folder = await mkdtemp(join(tmpdir(), "firedrill-lines-"));
  const file = new LineFile(join(folder, "lines"));
  for (let i = 0; i < 5_000; i += 1) file.write(`line ${i} with some more to it`);
  const hash = await file.close();
  expect(hash).toBe(
    createHash("sha256")
      .update(await readFile(join(folder, "lines")))
      .digest("hex"),
  );
  await rm(folder, { recursive: true });
});

test.skipIf(process.platform !== "linux")("a full disk is known at its end, with the file and what to do", async () => {
  const file = new LineFile("/dev/full");
  file.write("a line");
  const error: unknown = await file.close().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FiredrillError);
  expect((error as Error).message).toMatch(/^Cannot write \/dev\/full: .*no space left.* choose another folder/);
});

test("so is a folder that is not there", async () => {
  const file = new LineFile("/nowhere/at/all");
  await expect(file.close()).rejects.toThrow("Cannot write /nowhere/at/all");
});
