/**
 * A closed connection, a reset one, a feed that falls silent and a webhook that hangs or resets, behind a real Toxiproxy at the wall's
 * pace: what is proven on the clock that leaps holds where nothing leaps. Each incident lasts less than three minutes.
 */

import { describe, it } from "vitest";
import { patienceMs, proves } from "../support/proof.ts";
import { available } from "../support/requirements.ts";

const incidents = [
  "stream-close-codes/1000",
  "stream-reset/all",
  "stream-topic-silent",
  "webhook-hang",
  "webhook-reset",
];
/** At the wall's pace clients mostly wait. */
const atATime = 4;

describe.skipIf(!available("toxiproxy") || !available("clock"))("behind a real Toxiproxy, at the wall's pace", () => {
  it(
    "each incident is survived by the reference, and catches its broken clients",
    { timeout: patienceMs },
    async () => {
      await proves(incidents, { proxy: "binary", time: "real" }, atATime);
    },
  );
});
