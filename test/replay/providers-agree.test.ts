/**
 * The same incident on a real Toxiproxy under libfaketime, and on the embedded engine under the preload: the same verdict of every check, the same story of
 * what the faults took and which steps of being back came, and of a wave of signals the same trades.
 */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalView } from "../../core/journal/view.ts";
import { lossesOf, spansOf } from "../../harness/evidence/losses/recovery.ts";
import { tolerancesOf } from "../../harness/evidence/tolerances.ts";
import { readPlays, type StoredPlay } from "../../harness/runner/stored/stored-run.ts";
import { firedrill } from "../support/firedrill.ts";
import { available } from "../support/requirements.ts";

const present = available("faketime") && available("toxiproxy");
const stands = [
  { proxy: "embedded", time: "preload" },
  { proxy: "binary", time: "faketime" },
];
const scenarios = ["signal-close-1000"];
const clients = ["reference", "broken/ignores-normal-closure"];
const plays = scenarios.flatMap((scenario) => clients.map((client) => ({ scenario, client })));

describe.skipIf(!present)("on both stands", () => {
  const folders: string[] = [];
  const played = new Map<string, StoredPlay[]>();
  beforeAll(async () => {
    for (const { proxy, time } of stands) {
      const output = await mkdtemp(join(tmpdir(), "firedrill-test-"));
      folders.push(output);
      const named = clients.flatMap((client) => ["--client", client]);
      const ended = await firedrill(
        ["run", ...scenarios, ...named, "--proxy", proxy, "--time", time, "--seed", "7"].concat("--output", output),
      );
      played.set(time, await readPlays(output).catch(() => Promise.reject(new Error(ended.stdout + ended.stderr))));
    }
  }, 240_000);
  afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  const both = (scenario: string, client: string): StoredPlay[] =>
    [...played.values()].map((list) => {
      const found = list.find(({ result }) => result.scenario === scenario && result.client === client);
      if (found === undefined) throw new Error(`there is no play of ${scenario} by ${client}`);
      return found;
    });

  test.each(plays)("$scenario × $client has the same verdicts", ({ scenario, client }) => {
    const [one, other] = both(scenario, client).map(({ result }) => result);
    const judged =
      one?.checks.filter(({ verdict }, n) => ![verdict, other?.checks[n]?.verdict].includes("unknown")) ?? [];
    // What a machine was too busy to judge contradicts nothing, and proves nothing either.
    expect(judged).not.toEqual([]);
    const verdicts = (of: typeof one): string[] =>
      judged.map(({ name }) => `${name}: ${of?.checks.find((check) => check.name === name)?.verdict ?? "missing"}`);
    expect(verdicts(other)).toEqual(verdicts(one));
    expect([one?.valid, other?.valid]).toEqual([true, true]);
  });

  test.each(plays)("$scenario × $client has the same story", ({ scenario, client }) => {
    const [one, other] = both(scenario, client).map(({ journal }) => story(journal));
    expect(one?.length).toBeGreaterThan(2);
    expect(other).toEqual(one);
  });

  test.each(scenarios)("in %s the reference trades a wave alike", (scenario) => {
    const [one, other] = both(scenario, "reference").map(({ journal }) => waves(journal));
    // Which waves a client was there for is the speed's to decide (a stall of 40 ms is 10 s of them), never what it
    // makes of one.
    const shared = Object.keys(one ?? {}).filter((wave) => wave in (other ?? {}));
    expect(shared).not.toEqual([]);
    for (const wave of shared) expect(other?.[wave]).toEqual(one?.[wave]);
  });
});

/** What was traded of each wave of signals, by the wave's name; an orderLinkId is `<wave>-<symbol>`. */
function waves(journal: JournalView): Record<string, string[]> {
  const orders = journal.events.filter((event) => event.type === "exchange.order");
  const byWave = Object.groupBy(orders, ({ orderLinkId }) => orderLinkId.split("-")[0] ?? "");
  return Object.fromEntries(
    Object.entries(byWave).map(([wave, of]) => [
      wave,
      [...new Set(of?.map(({ side, symbol }) => `${side} ${symbol}`))].toSorted(),
    ]),
  );
}

/**
 * What happened to the client and what it did, without times: from one turn of a fault to the next, in no order, because
 * a redial's jitter is the client's own. What it lost to no server but to the speed (a deadline
 * of 10 s is 42 ms at x240) is left out.
 */
function story(journal: JournalView): string[][] {
  const losses = new Map(
    lossesOf(journal, tolerancesOf(journal.first("run.started") ?? { compression: 1, time: "none" })).map((loss) => [
      loss.event.seq,
      loss,
    ]),
  );
  const turns = [new Set<string>()];
  for (const event of journal.events) {
    if (event.type === "fault.landed" || event.type === "fault.healed") {
      turns.push(new Set([`${event.name} ${event.type === "fault.landed" ? "landed" : "healed"}`]));
    } else if (event.type === "connection.closed" && event.by === "server") {
      const loss = losses.get(event.seq);
      const steps = loss === undefined ? "" : `, then ${stepsOf(loss)}`;
      turns.at(-1)?.add(`${event.endpoint} closed with ${event.code}${steps}`);
    }
  }
  return turns.map((turn) => [...turn].toSorted());
}

/** Which steps of being back were seen. */
const stepsOf = (loss: Parameters<typeof spansOf>[0]): string =>
  Object.entries(spansOf(loss))
    .flatMap(([span, ms]) => (ms === null ? [] : [span]))
    .join(" ");
