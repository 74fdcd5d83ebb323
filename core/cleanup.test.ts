import { expect, test } from "vitest";
import { Cleanup } from "./cleanup.ts";

test("what was deferred is done in reverse, each once, and one that fails does not keep the others from it", async () => {
  const done: string[] = [];
  const cleanup = new Cleanup();
  cleanup.defer(() => done.push("first"));
  cleanup.defer(() => Promise.reject(new Error("second")));
  cleanup.defer(() => done.push("third"));
  await expect(cleanup[Symbol.asyncDispose]()).rejects.toThrow("second");
  expect(done).toEqual(["third", "first"]);
  await cleanup[Symbol.asyncDispose]();
  expect(done).toHaveLength(2);
});
