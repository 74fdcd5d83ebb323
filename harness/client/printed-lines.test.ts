import { expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { maskNumbers, PrintedLines } from "./printed-lines.ts";

test.each([
  ["2025-10-29T07:13:58.120Z warning: order book of BTCUSDT: none", "# warning: order book of BTCUSDT: none"],
  [
    "2025-10-29 07:14:20,123 - Timeout after 12s while fetching 15 symbols",
    "# - Timeout after #s while fetching # symbols",
  ],
  ["request 3f9a0c1e-77aa-4bcd-9000-0123456789ab: 200.5 ms, 1,440 of 1440", "request #: # ms, # of #"],
  ["conn_6 handler timeout", "conn_6 handler timeout"],
  ["a deadbeef facade", "a deadbeef facade"],
])("%s", (text, masked) => {
  expect(maskNumbers(text)).toBe(masked);
});

function printed() {
  const clock = incidentClock({ start: "2025-10-29T07:00:00Z", compression: 1_000 });
  const journal = new Journal(clock);
  return {
    clock,
    journal,
    lines: new PrintedLines(clock, journal),
    written: () => journal.view().all("client.printed"),
  };
}

test("equal lines are counted together; what is open at the end is written then", () => {
  const { lines, written } = printed();
  for (const n of [1, 2, 3]) lines.count(`warning: ${n} of 15 failed`);
  lines.count("another");
  expect(written()).toEqual([]);
  lines.end();
  expect(written()).toMatchObject([
    { line: "warning: # of # failed", times: 3, spanMs: expect.any(Number) as number },
    { line: "another", times: 1 },
  ]);
});

test("a minute after its first time a line begins anew", async () => {
  const { lines, written, clock } = printed();
  lines.count("again");
  await clock.sleep(61_000);
  expect(written()).toMatchObject([{ line: "again", times: 1 }]);
  expect(written()[0]?.agoMs).toBeGreaterThanOrEqual(45_000);
  lines.count("again");
  lines.end();
  expect(written()).toHaveLength(2);
});

test("of a program that never prints the same twice a hundred lines are counted one by one", () => {
  const { lines, written } = printed();
  for (let n = 0; n < 1_000; n += 1) lines.count(`word${"x".repeat(n)}`.slice(0, 150) + `_${n}`);
  lines.end();
  expect(written()).toHaveLength(101);
  expect(written().at(-1)).toMatchObject({ line: null, times: 900 });
});
