/**
 * The same probe under faketime and under the preload, at the same speed: each is held to the incident clock, and to the
 * other. A wait is known by the best of several, because one that is late is the machine's.
 *
 * The bands are in wall ms. Measured at x60 on two busy cores, three runs: a wait of 100 ms ended 0.7 to 1.4 ms after its
 * time by the harness's clock under either, most of it a Node timer's tick; only a socket's timeout under the preload
 * 1.9 to 2.6 ms, because there is nobody to look again whether it is early, and so a millisecond is added. The two were
 * at most 0.6 ms apart, 1.3 ms for a socket's timeout; 2.1 ms for that once, with eight programs on the two cores.
 */

import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { providers, timedChildren, type TimedChild } from "../../../test/support/timed-child.ts";

const compression = 60;
const rounds = 7;
const askedMs = 6_000;
/** How much later than asked a wait may end at its best, as the harness sees it: a Node timer's tick and the answer's way. */
const lateBandMs = 4;
/** How far the two may be from each other. */
const apartBandMs = 3;

const program = fileURLToPath(new URL("../../../test/support/time-probe.mjs", import.meta.url));
const waits = [
  "setTimeout",
  "setInterval",
  "timers/promises.setTimeout",
  "timers/promises.setInterval",
  "AbortSignal.timeout",
  "a socket's timeout",
];

/** The client's date, and its monotonic time just before and just after it read that. */
interface Reading {
  countedFromMs: number;
  dateMs: number;
  countedToMs: number;
}
interface Round {
  /** Incident ms by the harness's clock, from the question to the answer. */
  seenMs: number;
  /** By the client's own clocks: how far its date went, and between which bounds its monotonic time went meanwhile. */
  datedMs: number;
  countedMs: [atLeast: number, atMost: number];
  /** Its date against the harness's, of which the truth is within this span. */
  aheadMs: [atLeast: number, atMost: number];
}

const child = timedChildren();
const present = providers.every((provider) => provider.present);
const probes = new Map<string, { node: TimedChild; best: Map<string, Round> }>();

async function ask(node: TimedChild, wait: string, ms: number): Promise<Round> {
  const [before, dateBefore] = [node.clock.elapsed(), node.clock.now()];
  const { from, to } = await node.ask<{ from: Reading; to: Reading }>(`${wait} ${ms}`);
  const [after, dateAfter] = [node.clock.elapsed(), node.clock.now()];
  return {
    seenMs: after - before,
    datedMs: to.dateMs - from.dateMs,
    countedMs: [to.countedFromMs - from.countedToMs, to.countedToMs - from.countedFromMs],
    aheadMs: [to.dateMs - dateAfter, from.dateMs - dateBefore],
  };
}

describe.skipIf(!present)(`the same waits at x${compression}`, () => {
  beforeAll(async () => {
    for (const { provider } of providers) {
      const node = await child(provider, { compression, argv: [process.execPath, program] });
      probes.set(provider.name, { node, best: new Map() });
    }
    // In turns, so that what else the machine does meets both alike.
    for (let round = 0; round < rounds; round += 1) {
      for (const wait of waits) {
        for (const { node, best } of probes.values()) {
          const seen = await ask(node, wait, askedMs);
          if (seen.seenMs < (best.get(wait)?.seenMs ?? Infinity)) best.set(wait, seen);
        }
      }
    }
  });

  const bestOf = (provider: string, wait: string): Round => {
    const best = probes.get(provider)?.best.get(wait);
    if (best === undefined) throw new Error(`${wait} was not asked of ${provider}`);
    return best;
  };

  describe.each(providers)("$provider.name agrees with the incident clock", ({ provider, mayBeEarlyMs }) => {
    test.each(waits)("%s", (wait) => {
      const { seenMs, datedMs, countedMs } = bestOf(provider.name, wait);
      const [atLeastMs, atMostMs] = countedMs;
      const lateWallMs = (seenMs - askedMs) / compression;
      expect(lateWallMs).toBeGreaterThanOrEqual(-mayBeEarlyMs);
      expect(lateWallMs).toBeLessThanOrEqual(lateBandMs);
      // The client is asked and answers within what the harness saw; its date counts whole ms.
      expect(atLeastMs).toBeLessThanOrEqual(seenMs + 0.1 * compression);
      expect(atLeastMs).toBeGreaterThanOrEqual(seenMs - lateBandMs * compression);
      expect(datedMs).toBeGreaterThanOrEqual(atLeastMs - 0.1 * compression);
      expect(datedMs).toBeLessThanOrEqual(atMostMs + 0.1 * compression);
    });

    test("its date", async () => {
      const { node } = probes.get(provider.name) ?? {};
      if (node === undefined) throw new Error("there is no probe");
      const [atLeast, atMost] = (await ask(node, "none", 0)).aheadMs;
      // Faketime's date begins with the gate's shell, whose start is known no better than this.
      const bandMs = (provider.name === "preload" ? 0.1 : node.startMs) * compression;
      expect(atLeast).toBeLessThanOrEqual(bandMs);
      expect(atMost).toBeGreaterThanOrEqual(-bandMs);
    });
  });

  test.each(waits)("%s takes as long under both", (wait) => {
    const [one, other] = providers.map(({ provider }) => bestOf(provider.name, wait));
    const apart = (of: (round: Round) => number): number =>
      Math.abs((one === undefined ? NaN : of(one)) - (other === undefined ? NaN : of(other))) / compression;
    expect(apart(({ seenMs }) => seenMs)).toBeLessThanOrEqual(apartBandMs);
    expect(apart(({ countedMs }) => countedMs[0])).toBeLessThanOrEqual(apartBandMs);
  });
});
