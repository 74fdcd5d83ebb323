/**
 * Why the date of a client cannot be moved under libfaketime at a speed: it keeps one offset for all clocks that it
 * fakes, so a step of the date is one of monotonic time as well, and timers go with it. A host whose clock is set does
 * not do that. Should this test fail one day, `cannotStep` is out of date.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "../../../test/support/firedrill.ts";
import { available } from "../../../test/support/requirements.ts";
import { timedChildren } from "../../../test/support/timed-child.ts";
import { faketime } from "./faketime.ts";
import type { TimeProvider } from "./provider.ts";

const compression = 60;
const stepMs = 600_000;
const child = timedChildren();

test.skipIf(!available("faketime"))("a step of the date moves monotonic time and fires timers", async () => {
  const file = join(await scratch(), "date");
  const offsetBy = (ms: number): void => writeFileSync(file, `+${(ms / 1_000).toFixed(3)}s x${compression}`);
  offsetBy(0);
  const fromFile: TimeProvider = {
    ...faketime,
    environment: (clock, env, dateFile) => ({
      LD_PRELOAD: faketime.environment(clock, env, dateFile).LD_PRELOAD ?? "",
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: "1",
    }),
    late: () => ({}),
  };
  const node = await child(fromFile, { compression });
  const before = await node.ask<{ date: number; monotonic: number }>(`
    globalThis.fired = new Promise((done) => setTimeout(() => done(performance.now()), ${stepMs / 2}));
    return { date: Date.now(), monotonic: performance.now() };`);
  const from = node.clock.elapsed();
  offsetBy(stepMs);
  const firedAt = await node.ask<number>("return await fired");
  const after = await node.ask<{ date: number; monotonic: number }>(
    "return { date: Date.now(), monotonic: performance.now() };",
  );
  const passedMs = node.clock.elapsed() - from;
  expect(after.date - before.date).toBeGreaterThanOrEqual(stepMs);
  expect(after.monotonic - before.monotonic).toBeGreaterThanOrEqual(stepMs);
  expect(firedAt - before.monotonic).toBeGreaterThanOrEqual(stepMs / 2);
  // Far sooner than it was due by the incident's clock.
  expect(passedMs).toBeLessThan(stepMs / 2);
});
