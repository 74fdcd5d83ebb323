/** What each clock fault does to a real client's date and to nothing else, under each provider that can do it. */

import { afterEach, describe, expect, test } from "vitest";
import { available } from "../../../test/support/requirements.ts";
import { incidentClient, type IncidentClient } from "../../../test/support/incident-client.ts";
import { faketime } from "../../client/time/faketime.ts";
import { preload } from "../../client/time/preload.ts";
import { seconds } from "../../../core/units.ts";
import drift from "./drift.ts";
import jump from "./jump.ts";
import skew from "./skew.ts";

let stage: IncidentClient;
afterEach(() => stage.close());

/** Asking takes time, which at x10 is some incident ms; the offsets are far larger. */
const bandMs = 1_500;
const aheadMs = async (): Promise<number> => (await stage.ask<number>("return Date.now()")) - stage.clock.now();
const near = (offsetMs: number) => ({ from: offsetMs - bandMs, to: offsetMs + bandMs });
async function expectAhead(offsetMs: number): Promise<void> {
  // A file's change reaches the client a moment later; that it comes is what counts.
  await expect.poll(aheadMs).toBeGreaterThanOrEqual(near(offsetMs).from);
  await expect.poll(aheadMs).toBeLessThanOrEqual(near(offsetMs).to);
}

const running = [
  { name: "preload at x10", time: preload, compression: 10, present: true },
  { name: "preload at x1", time: preload, compression: 1, present: true },
  { name: "faketime at x1", time: faketime, compression: 1, present: available("faketime") },
];

describe.each(running)("$name, while the client runs", ({ time, compression, present }) => {
  test.skipIf(!present)("a skew is there until the heal, and monotonic time does not see it", async () => {
    stage = await incidentClient({ time, compression });
    await stage.start();
    await expectAhead(0);
    const before = await stage.ask<number>("return performance.now()");
    const fromMs = stage.clock.elapsed();
    await stage.fault(skew({ offsetMs: seconds(90) }), async () => {
      await expectAhead(seconds(90));
      expect(await stage.ask("return signed()")).toMatchObject({ retCode: 10002 });
    });
    await expectAhead(0);
    const monotonicMs = (await stage.ask<number>("return performance.now()")) - before;
    expect(monotonicMs).toBeLessThanOrEqual(stage.clock.elapsed() - fromMs + bandMs);
    const [landed] = stage.journal.view().all("fault.landed");
    expect(landed?.evidence).toMatch(/^GET \/v5\/account\/wallet-balance was signed \d+ ms ahead$/);
  });

  test.skipIf(!present)("a jump backwards stays, and timers go on", async () => {
    stage = await incidentClient({ time, compression });
    await stage.start();
    await stage.fault(jump({ byMs: -seconds(60) }), () => expectAhead(-seconds(60)));
    await expectAhead(-seconds(60));
    expect(await stage.ask("await sleep(200); return 7")).toBe(7);
    expect(await stage.ask("return signed()")).toMatchObject({ retCode: 10002 });
  });

  test.skipIf(!present)("a drift grows", async () => {
    stage = await incidentClient({ time, compression });
    await stage.start();
    await stage.fault(drift({ msPerSecond: 900 }), async () => {
      await expect.poll(aheadMs, { timeout: 30_000 }).toBeGreaterThan(bandMs);
      // What a busy machine takes to bring a request hides as much of the drift, which grows meanwhile: the next shows it.
      const landed = async (): Promise<number> => {
        await stage.ask("return signed()");
        return stage.journal.view().all("fault.landed").length;
      };
      await expect.poll(landed, { timeout: 30_000 }).toBe(1);
    });
  });
});

const starting = [
  { name: "preload", time: preload, present: true },
  { name: "faketime", time: faketime, present: available("faketime") },
];

test.skipIf(!starting.every(({ present }) => present)).each(starting)(
  "a skew from before the client's start holds at any speed under $name",
  async ({ time }) => {
    stage = await incidentClient({ time, compression: 60 });
    await stage.fault(skew({ offsetMs: -seconds(60) }), async () => {
      await stage.start();
      const ahead = await aheadMs();
      // At x60 a client's start is known to some 10 ms of wall time at best.
      expect(ahead).toBeGreaterThan(-seconds(75));
      expect(ahead).toBeLessThan(-seconds(50));
      expect(await stage.ask("return signed()")).toMatchObject({ retCode: 10002 });
    });
    expect(stage.journal.view().all("fault.landed")).toHaveLength(1);
  },
);

test.skipIf(!available("faketime"))("a run that cannot move the date says so, and what to do", async () => {
  stage = await incidentClient({ time: faketime, compression: 60 });
  await stage.start();
  await expect(stage.fault(skew({ offsetMs: 5_000 }), () => Promise.resolve())).rejects.toThrow(
    "The fault clock.skew needs a time provider that can move the client's date: libfaketime cannot do so at x60. Use --time preload for a Node client, or --time leap",
  );
});

test("a fault whose traffic never comes does not land", async () => {
  stage = await incidentClient();
  await stage.start();
  await stage.fault(skew({ offsetMs: 5_000 }), () => expectAhead(5_000));
  expect(stage.journal.view().all("fault.armed")).toMatchObject([
    { awaits: "a signed request whose timestamp is off" },
  ]);
  expect(stage.journal.view().all("fault.landed")).toEqual([]);
});
