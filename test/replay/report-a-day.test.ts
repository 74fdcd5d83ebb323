/**
 * Report A's day on both engines and under both time providers, and the report's own target by the figures of these
 * runs: its bot against the reference, and the other way round.
 */

import { describe, expect, test } from "vitest";
import { firedrill } from "../support/firedrill.ts";
import { combinations, patienceMs, playedBy, proves } from "../support/proof.ts";

const day = (await playedBy("rest-polling")).filter(({ id }) => id === "report-a-day");

describe.each(combinations)("with --proxy $proxy --time $time", (combination) => {
  test(
    "the reference passes, the report's bot is caught, and compare shows 80 % fewer resets and 60 % fewer timeouts",
    async () => {
      const output = await proves(day, combination, 1);
      const play = (client: string): string => `${output}/report-a-day/${client}`;
      const [bot, reference] = [play("broken-report-a-client"), play("reference")];

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
