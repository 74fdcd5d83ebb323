/** Every fault of the catalogue does to a bare socket what it says, and the journal records it at the same moment. */

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadFolder } from "../../core/load-folder.ts";
import { allFaults } from "../../harness/catalogue/faults.ts";
import { faultEngine, type FaultEngine } from "../support/fault-stage.ts";
import { available } from "../support/requirements.ts";
import type { Truth } from "./truth.ts";

const faults = await allFaults();
/** Those whose truth is a socket's. The others act on a process, and the kernel shows what became of it. */
const groups = ["network", "server"] as const;
const truths = new Map<string, Truth>();
for (const group of groups) {
  for (const { name, value } of await loadFolder<Truth>(new URL(`./${group}/`, import.meta.url))) {
    truths.set(`${group}.${name}`, value);
  }
}

describe("each fault has its ground truth", () => {
  test.each(faults.map(({ name }) => name))("%s", async (fault) => {
    const [group = "", name = ""] = fault.split(".");
    if ((groups as readonly string[]).includes(group)) {
      expect(Object.keys(truths.get(fault)?.cases ?? {})).not.toEqual([]);
      return;
    }
    const file = new URL(`../../harness/faults/${group}/${group}-faults.test.ts`, import.meta.url);
    expect(existsSync(file)).toBe(true);
    expect(await readFile(file, "utf8")).toContain(`from "./${name}.ts"`);
  });
  test("and no other", () => {
    expect([...truths.keys()].filter((name) => !faults.some((fault) => fault.name === name))).toEqual([]);
  });
});

for (const engineName of ["embedded", "binary"] as const) {
  describe.skipIf(engineName === "binary" && !available("toxiproxy"))(engineName, () => {
    let engine: FaultEngine;
    beforeAll(async () => {
      engine = await faultEngine(engineName);
    });
    afterAll(() => engine.close());
    for (const [fault, { only = engineName, testbed, cases }] of truths) {
      for (const [title, found] of only === engineName ? Object.entries(cases) : []) {
        const own = typeof found === "function" ? { testbed, play: found } : found;
        test.skipIf(title.includes("refused") && !available("ss"))(`${fault}: ${title}`, async () => {
          await own.play(await engine.stage(own.testbed));
        });
      }
    }
  });
}
