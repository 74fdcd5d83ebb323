import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { inParallel } from "./in-parallel.ts";
import { Interrupted } from "./interrupted.ts";

const never = new AbortController().signal;

/** Work that records what else was under way when it began or ended. */
function watched(): { work: (name: string) => Promise<string>; beside: Map<string, Set<string>> } {
  const underWay = new Set<string>();
  const beside = new Map<string, Set<string>>();
  const work = async (name: string): Promise<string> => {
    underWay.add(name);
    for (const one of underWay) {
      const others = [...underWay].filter((other) => other !== one);
      beside.set(one, new Set([...(beside.get(one) ?? []), ...others]));
    }
    for (let n = 0; n < 5; n += 1) await turn();
    underWay.delete(name);
    return name.toUpperCase();
  };
  return { work, beside };
}

describe("work on many things", () => {
  test("results come in the order of the items", async () => {
    const { work } = watched();
    expect(await inParallel(["a", "b", "c"], { jobs: 2, signal: never }, work)).toEqual(["A", "B", "C"]);
  });

  test("no more than so many at a time", async () => {
    const { work, beside } = watched();
    await inParallel(["a", "b", "c", "d"], { jobs: 2, signal: never }, work);
    expect([...(beside.get("a") ?? [])]).toEqual(["b"]);
  });

  test("after an error nothing more is begun, what had begun is waited for", async () => {
    const done: string[] = [];
    const work = async (name: string): Promise<void> => {
      if (name === "a") throw new Error("a broke");
      await turn();
      done.push(name);
    };
    const whole = inParallel(["a", "b", "c", "d"], { jobs: 2, signal: never }, work);
    await expect(whole).rejects.toThrow("a broke");
    expect(done).toEqual(["b"]);
  });

  test("an interrupt begins nothing more", async () => {
    const interrupt = new AbortController();
    const begun: string[] = [];
    const work = async (name: string): Promise<void> => {
      begun.push(name);
      interrupt.abort();
      await turn();
    };
    const whole = inParallel(["a", "b"], { jobs: 1, signal: interrupt.signal }, work);
    await expect(whole).rejects.toBeInstanceOf(Interrupted);
    expect(begun).toEqual(["a"]);
  });
});
