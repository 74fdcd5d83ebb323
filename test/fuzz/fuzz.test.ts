/**
 * 100,000 malformed requests and frames against the exchange in a process of its own: each gets the one answer that
 * the protocol's sheet has for it, and afterwards the exchange is as healthy, as rich and as small as before.
 *
 * A failure names its case; the same bytes go out again with
 *   FIREDRILL_FUZZ_CASE=<kind>:<number> [FIREDRILL_FUZZ_SEED=…] vitest run --project fuzz
 */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadFolder } from "../../core/load-folder.ts";
import type { Kind } from "./support/case.ts";
import { isHealthy } from "./support/healthy.ts";
import { conversations, play, type Wrong } from "./support/play.ts";
import { openStage, type Stage } from "./support/stage.ts";

const seed = process.env.FIREDRILL_FUZZ_SEED ?? "firedrill";
const [onlyKind, onlyCase] = (process.env.FIREDRILL_FUZZ_CASE ?? "").split(":");
const kinds = (await loadFolder<Kind>(new URL("./kinds/", import.meta.url))).filter(
  ({ name }) => onlyKind === "" || name === onlyKind,
);

/**
 * What half as many cases again, all of them new, may leave behind. The heap settles within some hundred kilobytes; a
 * string kept for each of the cases, in whatever map, would be more than 50 bytes each and 3 MB in all.
 */
const leftBehindBytes = 2 * 2 ** 20;

let stage: Stage;
let before: unknown;

beforeAll(async () => {
  stage = await openStage();
  before = await stage.ask("books");
  expect(await isHealthy(stage.free)).toEqual([]);
});
/** One kind's crash is not the next one's. */
beforeEach(async () => {
  if (stage.ended() !== undefined) stage = await openStage();
});
afterAll(() => stage.close());

const textOf = ({ name, what, bytes }: Wrong): string =>
  `${name} ${what}\n  bytes: ${bytes}\n  again: FIREDRILL_FUZZ_SEED=${seed} FIREDRILL_FUZZ_CASE=${name}`;

describe.each(kinds)("$name", ({ name, value }) => {
  test(`each of ${value.cases} gets its answer`, async () => {
    const only = onlyCase === undefined ? undefined : Number(onlyCase);
    const wrong = await play(value, name, { seed, ports: stage.free, only });
    // After a crash every open conversation has a case without its answer; one of them did it.
    expect([stage.ended() ?? "", ...wrong.slice(0, conversations).map(textOf)].join("\n").trim()).toBe("");
    expect(await isHealthy(stage.free)).toEqual([]);
  });
});

test("there are 100,000 cases", () => {
  if (onlyKind === "") expect(kinds.reduce((sum, { value }) => sum + value.cases, 0)).toBeGreaterThanOrEqual(100_000);
});

test("what was refused changed nothing", async () => {
  expect(await stage.ask("books")).toEqual(before);
});

/** It plays half as many cases as all tests before it together, so it has the time of several. */
const replayMs = 300_000;

test("nothing is left behind in memory", { timeout: replayMs }, async () => {
  const half = kinds.map(({ name, value }) => ({
    name,
    value: { ...value, cases: Math.ceil(value.cases / 2) },
  }));
  const warm = (await stage.ask("heap")) as number;
  for (const { name, value } of half) await play(value, name, { seed: `${seed}/memory`, ports: stage.free });
  const after = (await stage.ask("heap")) as number;
  console.info(`heap of the exchange: ${warm} bytes after all cases, ${after} after half as many others`);
  expect(after - warm).toBeLessThan(leftBehindBytes);
});
