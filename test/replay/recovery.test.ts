/**
 * Recovery spans of real drops: real clients lose each kind of endpoint, and every span that it knows is measured, in
 * order, and adds up. What a span is in each corner case, hand-written journals say (`harness/runner/recovery/`).
 */

import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lossesOf, spansOf, type Loss } from "../../harness/evidence/losses/recovery.ts";
import { tolerancesOf } from "../../harness/evidence/tolerances.ts";
import type { Recovery } from "../../harness/runner/result.ts";
import { readPlays, type StoredPlay } from "../../harness/runner/stored/stored-run.ts";
import { firedrill } from "../support/firedrill.ts";

const project = fileURLToPath(new URL("../fixtures/recovery/", import.meta.url));

/** Wall ms between an end and its being heard of, in incident ms. */
const slackMs = 500;

type Span = keyof Recovery;
interface Case {
  scenario: string;
  client: string;
  how: Loss["how"][];
  /** The spans that lie one after the other, from the loss to being back. */
  inARow: Span[];
  besides: Span[];
}
const cases: Case[] = [
  {
    ...{ scenario: "exchange-public", client: "reference", how: ["closed"] },
    ...{ inARow: ["reconnectMs", "resubscribeMs", "firstDataMs"], besides: [] },
  },
  {
    ...{ scenario: "half-open", client: "reference", how: ["given-up"] },
    ...{ inARow: ["reconnectMs", "resubscribeMs", "firstDataMs"], besides: [] },
  },
  {
    // It is back with its topics: what it then hears depends on what happens to its account.
    ...{ scenario: "exchange-private", client: "reference", how: ["closed"] },
    ...{ inARow: ["reconnectMs", "authenticateMs", "resubscribeMs"], besides: ["firstDataMs"] },
  },
  {
    ...{ scenario: "exchange-trade", client: "sdk-trader", how: ["closed"] },
    ...{ inARow: ["reconnectMs", "authenticateMs"], besides: [] },
  },
  {
    // A request that was under way is a loss of its route.
    ...{ scenario: "exchange-rest", client: "reference", how: ["closed", "failing"] },
    ...{ inARow: ["reconnectMs", "firstDataMs"], besides: [] },
  },
  {
    ...{ scenario: "signal", client: "reference", how: ["closed"] },
    ...{ inARow: ["reconnectMs", "authenticateMs", "firstDataMs"], besides: [] },
  },
];

let output: string;
const plays: StoredPlay[] = [];
beforeAll(async () => {
  output = await mkdtemp(join(tmpdir(), "firedrill-test-"));
  // Each client plays its own: who trades over the private stream has nothing to do on the trade stream.
  for (const client of new Set(cases.map((each) => each.client))) {
    const scenarios = cases.filter((each) => each.client === client).map(({ scenario }) => scenario);
    const folder = join(output, client);
    const args = ["run", ...scenarios, "--client", client, "--proxy", "embedded", "--time", "preload"];
    const { code, stdout, stderr } = await firedrill([...args, "--output", folder], { cwd: project });
    expect({ code }, stdout + stderr).toEqual({ code: 0 });
    plays.push(...(await readPlays(folder)));
  }
}, 120_000);
afterAll(() => rm(output, { recursive: true, force: true }));

describe.each(cases)("$scenario, lost by $client", ({ scenario, client, how, inARow, besides }) => {
  const losses = (): { play: StoredPlay; losses: Loss[] } => {
    const play = plays.find(({ result }) => result.scenario === scenario && result.client === client);
    if (play === undefined) throw new Error(`there is no play of ${scenario} by ${client}`);
    const found = lossesOf(play.journal, tolerancesOf(play.result));
    return { play, losses: found };
  };

  const restRoutes = scenario === "exchange-rest";

  test("the drop is one loss, and every span that the endpoint has is measured", () => {
    const { play, losses: found } = losses();
    expect(how).toEqual(expect.arrayContaining(found.map((loss) => loss.how)));
    if (!restRoutes) expect(found).toHaveLength(1);
    const { recovery } = play.result;
    expect(found.map(spansOf)).toContainEqual(recovery);
    const measured = Object.entries(recovery).flatMap(([span, ms]) => (ms === null ? [] : [span]));
    expect(measured.toSorted()).toEqual(["detectMs", "blackoutMs", ...inARow, ...besides].toSorted());
  });

  test("its steps are in order, and the client says of itself nothing else", () => {
    const { play, losses: found } = losses();
    for (const { at, endpoint, steps } of found) {
      const { detectedAt, dialledAt, openedAt, carrier, authenticatedAt, subscribedAt, resubscribedAt, fedAt, backAt } =
        steps;
      const taken = [at, detectedAt, dialledAt, openedAt, carrier?.openedAt ?? null];
      const asked = [authenticatedAt, subscribedAt, resubscribedAt];
      const moments = [...taken, ...asked, fedAt].filter((moment) => moment !== null);
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
      expect(moments.length).toBeGreaterThan(3);
      expect(backAt).toBe(besides.includes("firstDataMs") ? subscribedAt : moments.at(-1));

      const says = play.journal
        .all("client.telemetry")
        .filter(({ event, data }) => event === "state" && data.endpoint === endpoint);
      if (client !== "reference" || restRoutes) return;
      // It may say so a little before its server hears of it.
      const down = says.findIndex(({ data, at: saidAt }) => data.state === "DISCONNECTED" && saidAt > at - slackMs);
      const up = says.slice(down).find(({ data }) => data.state === "CONNECTED" || data.state === "AUTHENTICATED");
      expect(detectedAt).toBeLessThanOrEqual(Math.max(says[down]?.at ?? -1, at));
      expect(dialledAt).toBeGreaterThanOrEqual(says[down]?.at ?? Infinity);
      expect(openedAt).toBeLessThanOrEqual(up?.at ?? -1);
    }
  });

  test("the spans one after the other are the blackout", () => {
    for (const loss of losses().losses) {
      const spans = spansOf(loss);
      const sum = inARow.reduce((total, span) => total + (spans[span] ?? NaN), 0);
      const blackoutMs = spans.blackoutMs ?? NaN;
      // Each is rounded to the millisecond.
      const roundingMs = inARow.length + 1;
      expect(sum).toBeLessThanOrEqual(blackoutMs + roundingMs);
      // The first of several new connections need not be the one that brings a whole reply.
      if (!restRoutes) expect(sum).toBeGreaterThanOrEqual(blackoutMs - roundingMs);
      expect(spans.detectMs).toBeLessThanOrEqual(spans.reconnectMs ?? NaN);
      expect(spans.blackoutMs).toBeGreaterThan(0);
    }
  });
});
