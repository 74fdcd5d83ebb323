/** The reference's own numbers: three alerts that fail, five minutes, one probe; and what becomes of alerts meanwhile. */

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AlertQueue } from "./alert-queue.ts";
import { breakerFromOpening } from "./breaker.ts";
import { IncidentBoard, type Incident } from "./incidents.ts";
import type { AlertMessage } from "./payload.ts";
import { NotDelivered, type Outcome } from "./webhook.ts";

// Vitest's timers do not reach this module.
vi.mock("node:timers/promises", () => ({
  setTimeout: (ms: number, _value: undefined, { signal }: { signal: AbortSignal }) =>
    new Promise<void>((resolve, reject) => {
      setTimeout(resolve, ms);
      signal.addEventListener("abort", () => reject(new Error("aborted")));
    }),
}));

const seconds = (count: number): number => count * 1_000;
const minutes = (count: number): number => seconds(60 * count);

let logged: string[];
beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2025-07-23T14:20:00Z") });
  logged = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void logged.push(line.slice(25)));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const down = (): Outcome => {
  throw new NotDelivered("HTTP 500", false);
};

/** A queue before a webhook that answers so; what it was sent, and when, s. */
function queue(answer: () => Outcome) {
  const began = Date.now();
  const sent: { atS: number; title: string; message: AlertMessage }[] = [];
  const answers = { now: answer };
  const alerts = new AlertQueue({
    webhook: {
      send: (message) => {
        sent.push({ atS: (Date.now() - began) / 1_000, title: message.content, message });
        return Promise.resolve().then(() => answers.now());
      },
    },
    breaker: breakerFromOpening,
  });
  return { alerts, sent, answers, times: () => sent.map(({ atS }) => atS) };
}

const incident = (subject: string, more: Partial<Incident> = {}): Incident => ({
  ...{ subject, sinceMs: Date.now(), parts: new Map([["tickers", "HTTP 502"]]), overMs: undefined },
  ...more,
});
const after = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test("one message as it begins, one when it is over", async () => {
  const { alerts, sent } = queue(() => ({ is: "delivered" }));
  const begun = incident("REST");
  alerts.put(begun);
  await after(seconds(65));
  alerts.put({ ...begun, overMs: Date.now() });
  await after(seconds(1));
  expect(sent.map(({ title }) => title)).toEqual(["REST: failing", "REST: resolved after 1 min 5 s"]);
});

test("three alerts fail, then nothing for five minutes from the moment it opened, then one probe each five", async () => {
  const { alerts, times } = queue(down);
  alerts.put(incident("REST"));
  await after(minutes(16));
  // Two attempts of the first alert, 1 s apart; then 5 s between alerts.
  expect(times().map(Math.floor)).toEqual([0, 1, 6, 11, 311, 611, 911]);
  expect(logged.filter((line) => line.includes("breaker"))).toHaveLength(1 + 3 * 2);
});

test("what could not be delivered comes as one summary, once it is back; then alerts are single again", async () => {
  const { alerts, sent, answers } = queue(down);
  const first = incident("REST");
  alerts.put(first);
  await after(minutes(2));
  alerts.put({ ...first, overMs: Date.now() });
  alerts.put(incident("signals"));
  answers.now = () => ({ is: "delivered" });
  await after(minutes(4));
  expect(sent.at(-1)?.title).toBe("1 failing, 1 resolved, as of 14:25:11");
  expect(sent.at(-1)?.message.embeds[0]?.fields).toEqual([
    { name: "signals: failing", value: "since 14:22:00" },
    { name: "resolved meanwhile", value: "REST (2 min 0 s)" },
    { name: "alerts", value: "could not be delivered from 14:20:01 to 14:25:11" },
    { name: "breaker", value: "14:20:11 open" },
  ]);
  alerts.put(incident("market data"));
  await after(seconds(1));
  expect(sent.at(-1)?.title).toBe("market data: failing");
});

test("a 429 is waited out, and the alert is sent then", async () => {
  const { alerts, answers, times } = queue(() => ({ is: "limited", waitMs: 30_000 }));
  alerts.put(incident("REST"));
  await after(seconds(1));
  answers.now = () => ({ is: "delivered" });
  await after(seconds(60));
  expect(times()).toEqual([0, 30.001]);
});

test("a webhook that is gone is asked no more, and the log has it once", async () => {
  const { alerts, times } = queue(() => ({ is: "gone", why: "HTTP 404" }));
  alerts.put(incident("REST"));
  await after(minutes(1));
  alerts.put(incident("signals"));
  await after(minutes(10));
  expect(times()).toEqual([0]);
  expect(logged.filter((line) => line.includes("gone"))).toHaveLength(1);
});

test("an incident begins after 3 s and is over after 15 s without a failure; one that flaps is one", async () => {
  const board = new IncidentBoard();
  const seen: string[] = [];
  board.listen(({ parts, overMs }) =>
    seen.push(`${overMs === undefined ? "open" : "over"} ${[...parts.keys()].join()}`),
  );
  board.bad("REST", "tickers", "502");
  board.good("REST", "tickers");
  await after(minutes(1));
  expect(seen).toEqual([]);
  board.bad("REST", "tickers", "502");
  board.bad("REST", "books", "502");
  await after(seconds(3));
  expect(seen).toEqual(["open tickers,books"]);
  board.good("REST", "tickers");
  board.good("REST", "books");
  await after(seconds(14));
  board.bad("REST", "tickers", "502");
  await after(minutes(1));
  board.good("REST", "tickers");
  await after(seconds(15));
  expect(seen).toEqual(["open tickers,books", "over tickers"]);
});
