/**
 * Report B, replayed whole: the reference passes, each broken client is caught by the named check.
 */

import { availableParallelism } from "node:os";
import { describe, expect, it } from "vitest";
import type { RunResult } from "../../harness/runner/result.ts";
import { firedrill, resultOf, scratch } from "../support/firedrill.ts";
import { best } from "../support/proof.ts";

/** The night takes 48 s, and twice as long on a busy machine. */
const patienceMs = 240_000;

const find = ({ results }: RunResult, scenario: string, client: string) => {
  const found = results.find((one) => one.scenario === scenario && one.client === client);
  if (found === undefined) throw new Error(`there is no result for ${scenario} × ${client}`);
  return found;
};

describe("report B", () => {
  // On the clock that is the default: three hours at a factor are this machine's as much as the client's.
  it(
    `has its verdicts with --proxy ${best.proxy} --time ${best.time}`,
    async () => {
      const { proxy, time } = best;
      const output = await scratch();
      const args = ["prove", "signal-close-1000", "outage-2025-10-22", "--proxy", proxy, "--time", time];
      // These clients mostly wait: one more than there are cores does not starve them.
      args.push("--jobs", String(availableParallelism() + 1));
      const ended = await firedrill([...args, "--output", output]);
      expect(ended.stdout).toMatch(/7 of 7 expectations hold/);
      expect(ended.code).toBe(0);

      const result = await resultOf(output);
      expect(result.run.environment).toMatchObject({ proxy, time });
      const night = find(result, "outage-2025-10-22", "reference");
      expect(night.incidentMs).toBeGreaterThan(3.1 * 3_600_000);
      expect(night.faults).toHaveLength(1);
      expect(night.recovery.blackoutMs).toBeGreaterThan(0);

      const caught = find(result, "outage-2025-10-22", "broken/ignores-normal-closure");
      const check = caught.checks.find(({ name }) => name === "trades-every-wave");
      // Three waves came while it was stopped. The one of 02:05 has 67 s until the stop, 280 ms of wall: where the machine
      // was busy it counts as the fourth, which is excused as well.
      const stopped = check?.measured === 13 ? 4 : 3;
      expect(check).toMatchObject({ verdict: "fail", measured: 9 + stopped, target: 1 + stopped });
      // The client asks at 03:05:00 by its own clock; a few ms of wall between that and ours are a second here.
      expect(check?.message).toMatch(
        /missed 1[23] waves \(9 while it was running, [34] while it was stopped\).*22 Oct 03:0(?:4:59|5:\d\d) UTC\+4 the server closed \S+ with 1000 \(OK\), and it never connected again/,
      );
    },
    patienceMs,
  );
});
