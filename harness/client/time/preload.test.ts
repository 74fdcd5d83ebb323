/** What the preload changes for a client's runtime. What it does to its time is in the tests of all providers. */

import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { incidentClock } from "../../../core/clock.ts";
import { preload } from "./preload.ts";

const mib = 2 ** 20;
/**
 * Makes garbage, some of which lives for a while, and says how large V8's young generation has become of it. While it is
 * being collected it is larger.
 */
const churn = `
  let kept = [];
  for (let n = 0; n < 3e5; n += 1) if (kept.push(new Array(100).fill({})) > 5e4) kept = [];
  for (let n = 0; n < 3; n += 1) gc({ type: "minor" });
  const spaces = require("node:v8").getHeapSpaceStatistics();
  console.log(spaces.find(({ space_name }) => space_name === "new_space").space_size);`;

function youngMib(own: Record<string, string>): number {
  const clock = incidentClock({ start: "2025-10-29T02:00:00Z", compression: 600 });
  const env = { ...own, ...preload.environment(clock, own, join(tmpdir(), "firedrill-no-date-file")) };
  return Number(execFileSync(process.execPath, ["--expose-gc", "-e", churn], { env, encoding: "utf8" })) / mib;
}

describe("V8's young generation", () => {
  test("stays within two halves of 16 MiB", () => expect(youngMib({})).toBeLessThanOrEqual(32));
  test("is the client's own affair where it has an option for it", () =>
    expect(youngMib({ NODE_OPTIONS: "--max-semi-space-size=1" })).toBeLessThanOrEqual(2));
});
