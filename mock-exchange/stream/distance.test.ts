import { expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { distance } from "./distance.ts";
import { Frame } from "./frame.ts";

const outgoing = { endpoint: "exchange-public", connection: "public-1", kind: "topic", what: "x" } as const;

test("frames arrive as late as the distance is long, in the order of sending", async () => {
  const clock = incidentClock({ start: 0, compression: 1 });
  const gate = distance(clock, 5);
  const arrived: { text: string; tookMs: number }[] = [];
  await new Promise<void>((resolve) => {
    for (let i = 0; i < 200; i += 1) {
      const sentMs = clock.elapsed();
      gate.pass(outgoing, new Frame(String(i)), ({ text }) => {
        arrived.push({ text, tookMs: clock.elapsed() - sentMs });
        if (arrived.length === 200) resolve();
      });
    }
  });
  expect(arrived.map(({ text }) => text)).toEqual(Array.from({ length: 200 }, (_, i) => String(i)));
  expect(Math.min(...arrived.map(({ tookMs }) => tookMs))).toBeGreaterThanOrEqual(5);
});
