import { expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { distance } from "./distance.ts";

test("frames arrive as late as the distance is long, in the order of sending", async () => {
  const clock = incidentClock({ start: 0, compression: 1 });
  const away = distance(clock, 5);
  const arrived: { sent: number; tookMs: number }[] = [];
  await new Promise<void>((resolve) => {
    for (let i = 0; i < 200; i += 1) {
      const sentMs = clock.elapsed();
      away(() => {
        arrived.push({ sent: i, tookMs: clock.elapsed() - sentMs });
        if (arrived.length === 200) resolve();
      });
    }
  });
  expect(arrived.map(({ sent }) => sent)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  expect(Math.min(...arrived.map(({ tookMs }) => tookMs))).toBeGreaterThanOrEqual(5);
});
