/**
 * Report A's day on the clock that is the default (an hour at a factor is this machine's as much as the client's), and the
 * report's own target by the figures of these runs: its bot against the reference, and the other way round.
 */

import { describe, expect, test } from "vitest";
import { firedrill } from "../support/firedrill.ts";
import { best, patienceMs, proves } from "../support/proof.ts";

describe(`with --proxy ${best.proxy} --time ${best.time}`, () => {
  test(
    "the reference passes, the report's bot is caught, and compare shows 80 % fewer resets and 60 % fewer timeouts",
    async () => {
      const output = await proves(["report-a-day"], best, 2);
      const play = (client: string): string => `${output}/report-a-day/${client}`;
      const [bot, reference] = [play("broken+report-a-client"), play("reference")];

      const compared = await firedrill(["compare", bot, reference]);
      expect(compared.stdout).toMatch(/^connection resets .* % fewer +✓ at least 80 % fewer$/m);
      expect(compared.stdout).toMatch(/^timeouts .* % fewer +✓ at least 60 % fewer$/m);
      expect(compared.code).toBe(0);

      const backwards = await firedrill(["compare", reference, bot]);
      expect(backwards.stdout).toMatch(/✗ at least 80 % fewer/);
      expect(backwards.code).toBe(1);
    },
    patienceMs,
  );
});
