/** A run of a hundred thousand events in twelve hours stays a file that one can send, opens at once, and says what it leaves out. */

import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { journalVersion } from "../../core/journal/damage.ts";
import { hours, seconds } from "../../core/units.ts";
import { noRecovery } from "../../harness/evidence/losses/recovery.ts";
import { htmlDocument } from "../../harness/report/html/document.ts";
import { reportModel } from "../../harness/report/html/report-model.ts";
import type { PlannedRun } from "../../harness/runner/plan.ts";
import type { RunResult, ScenarioResult } from "../../harness/runner/result.ts";
import scenario from "../../scenarios/days/vps-day-2025-10-29.ts";
import { scratch } from "../support/firedrill.ts";
import { available } from "../support/requirements.ts";
import { open } from "./browser.ts";

const events = 100_000;
const run = { scenario: { ...scenario, file: "" }, client: { name: "reference" }, repeat: 1 } as unknown as PlannedRun;

function journal(): string {
  const { start, timezone } = scenario.clock;
  const first = { type: "run.started", version: journalVersion, scenario: scenario.id, client: "reference", roles: [] };
  const set = { seed: "1", start, compression: 1, timezone, symbols: [], proxy: "embedded", time: "leap" };
  const stepMs = hours(12) / events;
  const middle = Array.from({ length: events - 2 }, (_, n) => {
    const at = (n + 1) * stepMs;
    const request = {
      type: "exchange.request",
      connection: "rest-1",
      method: "GET",
      path: "/v5/market/tickers",
      payload: `symbol=S${n}`,
    };
    const answer = {
      receivedAt: at - (n % 97),
      executed: true,
      outcome: "answered",
      status: 200,
      retCode: 0,
      retMsg: "OK",
    };
    const order = {
      type: "exchange.order",
      orderId: `${n}`,
      orderLinkId: `o${n}`,
      category: "linear",
      symbol: "BTCUSDT",
      side: "Buy",
    };
    return n % 4 === 0
      ? { at, ...order, orderType: "Market", qty: "1" }
      : { at, ...request, ...answer, signedAheadMs: null, resetAt: null, empty: false };
  });
  const all = [{ at: 0, ...first, ...set }, ...middle, { at: hours(12), type: "run.ended", wallMs: 1 }];
  return all.map((event, seq) => `${JSON.stringify({ seq, ...event })}\n`).join("");
}

test.skipIf(!available("chromium"))("100,000 events", async () => {
  const folder = await scratch();
  await mkdir(join(folder, "day"));
  await writeFile(join(folder, "day/journal.ndjson"), journal());
  await writeFile(join(folder, "day/client.log"), `2025-10-29T02:00:00.000Z out up\n`.repeat(events));
  const result: ScenarioResult = {
    ...{ scenario: scenario.id, trial: null, client: "reference", verdict: "pass", valid: true, reason: null },
    ...{
      repeat: 1,
      attempt: 1,
      again: null,
      lacks: null,
      compression: 1,
      wallMs: 1,
      incidentMs: hours(12),
      proxy: "embedded",
      time: "leap",
    },
    ...{
      faults: [],
      recovery: noRecovery,
      alerts: null,
      checks: [],
      journal: "day/journal.ndjson",
      journalSha256: null,
    },
  };
  const environment = { node: "v24", proxy: "embedded", time: "leap", cores: 2 };
  const facts = { id: "day", seed: "1", commit: null, complete: true, wallMs: 1, incidentMs: hours(12), environment };
  const whole = { run: facts, results: [result] } as unknown as RunResult;
  const file = join(folder, "report.html");
  await writeFile(file, await htmlDocument(await reportModel(whole, [{ run, result }], folder)));

  expect((await stat(file)).size).toBeLessThan(5_000_000);
  const { page, noise, drawnMs, picture } = await open(file);
  expect(drawnMs).toBeLessThan(seconds(2));
  expect(await page.getByText(/^500 of 25,000 drawn$/).isVisible()).toBe(true);
  await page.getByRole("group", { name: "Orders" }).getByRole("button").first().press("Enter");
  await page.locator(".details .proof li").first().waitFor();
  await picture("large");
  expect(noise).toEqual([]);
});
