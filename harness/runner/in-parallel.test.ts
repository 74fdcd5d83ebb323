import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { inParallel } from "./in-parallel.ts";
import { Interrupted } from "./interrupted.ts";

const never = new AbortController().signal;
const nobody = (): boolean => false;

/** Work that tells what else was under way when it began or ended. */
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
    const alone = (name: string): boolean => name === "a";
    expect(await inParallel(["a", "b", "c"], { jobs: 2, alone, signal: never }, work)).toEqual(["A", "B", "C"]);
  });

  test("no more than so many at a time", async () => {
    const { work, beside } = watched();
    await inParallel(["a", "b", "c", "d"], { jobs: 2, alone: nobody, signal: never }, work);
    expect([...(beside.get("a") ?? [])]).toEqual(["b"]);
  });

  test("what is to be alone has nothing beside it, wherever it stands", async () => {
    const { work, beside } = watched();
    const alone = (name: string): boolean => name === "b" || name === "d";
    await inParallel(["a", "b", "c", "d", "e"], { jobs: 3, alone, signal: never }, work);
    expect(beside.get("b")).toEqual(new Set());
    expect(beside.get("d")).toEqual(new Set());
    expect(beside.get("a")).toEqual(new Set(["c", "e"]));
  });

  test("after an error nothing more is begun, what had begun is waited for", async () => {
    const done: string[] = [];
    const work = async (name: string): Promise<void> => {
      if (name === "a") throw new Error("a broke");
      await turn();
      done.push(name);
    };
    const alone = (name: string): boolean => name === "d";
    const whole = inParallel(["a", "b", "c", "d"], { jobs: 2, alone, signal: never }, work);
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
    const whole = inParallel(["a", "b"], { jobs: 1, alone: nobody, signal: interrupt.signal }, work);
    await expect(whole).rejects.toBeInstanceOf(Interrupted);
    expect(begun).toEqual(["a"]);
  });
});
