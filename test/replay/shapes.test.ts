/**
 * A verdict is about behaviour, not about shape: clients that behave alike get the same verdicts, whether they have one
 * connection, one per symbol or a pool, subscribe at once or in steps, or keep a private stream on the same loop; and a
 * defect is caught in each of them.
 */

import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, it } from "vitest";
import { firedrill, resultOf, scratch } from "../support/firedrill.ts";

const bot = fileURLToPath(new URL("../fixtures/shaped/bot.mjs", import.meta.url));
const trials = ["stream-close-codes/1012", "stream-half-open/60s", "stream-reset/all"];

interface Shape {
  connections: number;
  topicsARequest: number;
  staggerMs: number;
  private: boolean;
}
const oneConnection: Shape = { connections: 1, topicsARequest: 100, staggerMs: 0, private: false };
const onePerSymbol: Shape = { connections: 99, topicsARequest: 1, staggerMs: 0, private: false };
const poolOfThree: Shape = { connections: 3, topicsARequest: 10, staggerMs: 700, private: true };
const shapes = fc.record({
  connections: fc.integer({ min: 1, max: 5 }),
  topicsARequest: fc.integer({ min: 1, max: 10 }),
  staggerMs: fc.integer({ min: 0, max: 4_000 }),
  private: fc.boolean(),
});

/** What is said of each trial: its verdict, and of a failed one the checks that failed. */
async function verdictsOf(shape: Shape, defect = ""): Promise<Record<string, string[]>> {
  const output = await scratch();
  const command = [
    `node ${bot} --connections=${String(shape.connections)} --topics-a-request=${String(shape.topicsARequest)}`,
    `--stagger-ms=${String(shape.staggerMs)}${shape.private ? " --private" : ""}${defect}`,
  ].join(" ");
  const ended = await firedrill(["run", ...trials, "--command", command, "--seed", "5"].concat("--output", output));
  const { results } = await resultOf(output).catch(() => {
    throw new Error(`no result of ${command}:\n${ended.stdout}\n${ended.stderr}`);
  });
  return Object.fromEntries(
    results.map(({ scenario, trial, verdict, checks }) => {
      const failed = checks.filter((check) => check.verdict === "fail").map(({ name }) => name);
      return [`${scenario}/${trial ?? ""}`, [verdict, ...failed]];
    }),
  );
}

it("clients of any shape that behave alike get the same verdicts", async () => {
  const passes = Object.fromEntries(trials.map((trial) => [trial, ["pass"]]));
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      expect(await verdictsOf(shape)).toEqual(passes);
    }),
    { numRuns: 5, seed: 20251022, endOnFailure: true, examples: [[oneConnection], [onePerSymbol], [poolOfThree]] },
  );
}, 300_000);

it("and the same defect is caught in each", async () => {
  const [one, many, pool] = [oneConnection, onePerSymbol, poolOfThree].map((shape) =>
    verdictsOf(shape, " --gives-up-at=1012"),
  );
  const caught = await one;
  expect(caught?.["stream-close-codes/1012"]?.[0]).toBe("fail");
  expect([await many, await pool]).toEqual([caught, caught]);
}, 300_000);
