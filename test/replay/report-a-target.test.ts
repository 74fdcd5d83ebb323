/** Report A's target, by the figures of a run: its own bot against the reference, and the other way round. */

import { expect, test } from "vitest";
import { firedrill, scratch } from "../support/firedrill.ts";

test(
  "80 % fewer resets and 60 % fewer timeouts than the report's bot, and compare says so",
  { timeout: 300_000 },
  async () => {
    const output = await scratch();
    const clients = ["--client", "broken/report-a-client", "--client", "reference", "--jobs", "1"];
    await firedrill(["run", "report-a-day", ...clients, "--output", output]);
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
);
