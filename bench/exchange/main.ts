/**
 * The mock exchange against what it is made of: REST against bare Fastify and `node:http`, its streams' fan-out against a
 * plain `ws` send loop, the weight of idle subscribers, a slow one, and the start. Both sides of a ratio in one run on
 * one machine, in turns. Exits with 1 where a bar is missed, with 2 where the
 * machine is too busy to judge one. Run with `node bench/exchange/main.ts`.
 */

import { loadavg } from "node:os";
import { fanOut } from "./fan-out.ts";
import { idle } from "./idle.ts";
import type { Row } from "./measure.ts";
import { rest } from "./rest.ts";
import { slow } from "./slow.ts";
import { startUp } from "./start-up.ts";

const rows: Row[] = [];
function report(...more: Row[]): void {
  for (const { what, figure, bar, held } of more) {
    const verdict =
      bar === undefined ? "" : `${held === "unknown" ? "unknown" : held === true ? "held" : "MISSED"}: ${bar}`;
    console.log(`${what.padEnd(36)}${figure.padEnd(52)}${verdict}`);
  }
  rows.push(...more);
}

// Memory first: what later rounds leave behind would be counted as room that was there.
report(await idle());
report(...(await startUp()));
report(...(await rest()));
for (const count of [1, 100, 1_000]) for (const perTick of [1, 10]) report(await fanOut(count, perTick));
report(...(await slow()));
console.log(`Medians, in CPU time but for the start; load of the machine ${loadavg()[0]?.toFixed(1) ?? "unknown"}.`);
process.exitCode = rows.some(({ held }) => held === false) ? 1 : rows.some(({ held }) => held === "unknown") ? 2 : 0;
