/**
 * Node on a clock that is held comes up, although V8's Abseil sleeps there to measure the processor at the first lock that
 * two threads want at once: 14 of 25 mock exchanges stood still for ever on a busy machine before it was said to them.
 */

import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { startClock } from "../../../leap/index.ts";

const file = "/sys/devices/system/cpu/cpu0/tsc_freq_khz";

test.runIf(process.platform === "linux" && process.arch === "x64")(
  "a process on the clock is given the processor's frequency, whether or not the kernel has a file for it",
  async () => {
    await using clock = await startClock({ start: "2025-10-22T00:00:00Z", mode: "leap" });
    const program = `console.log(require("fs").readFileSync(${JSON.stringify(file)}, "utf8"))`;
    const child = clock.spawn([process.execPath, "-e", program], { group: "client" });
    const said = text(child.stdout);
    expect(await once(child, "exit")).toEqual([0, null]);
    expect(Number(await said)).toBeGreaterThan(500_000);
    expect(Number(await said)).toBeLessThan(10_000_000);
    expect(clock.elapsedMs()).toBe(0);
  },
);
