/**
 * Unmodified SDKs and bots live an hour on the clock that leaps: none of them sees anything but an exchange and an hour.
 * How each is pointed at the mock exchange stands in its program in bots/.
 */

import { describe, expect, test } from "vitest";
import { keepBusy } from "../../support/keep-busy.ts";
import { available, pythonOf } from "../../support/requirements.ts";
import { playBurning, playedMs, playHour, share, type Line } from "./play-hour.ts";

/** An hour of incident is a minute or two of a quiet machine; a busy one is slower, not wrong. */
const patienceMs = 15 * 60_000;

interface Stranger {
  needs?: string;
  program: string;
  args?: string[];
  /** Which lines report that something went wrong; anything on stderr does, unless it is where a bot keeps its log. */
  complaint?: (line: Line) => boolean;
  /** What it should have counted in an hour, at least and at most. */
  counted: Record<string, [least: number, most: number]>;
  exitCode?: number;
}

// Pushed each 100 ms, and books of 50 levels each 20 ms. A bot is up after some seconds of its own CPU.
const ticks: [number, number] = [35_500, 36_100];
const books: [number, number] = [177_500, 180_500];
// Every 30 s, and every 5 s plus the time that two answers take.
const orders: [number, number] = [117, 120];
const answers: [number, number] = [705, 720];

const strangers: Record<string, Stranger> = {
  pybit: {
    needs: "pybit",
    program: "pybit_bot.py",
    counted: { books, tickers: ticks, answers, orders, fills: orders },
  },
  "bybit-api": {
    program: "bybit-api-bot.mjs",
    counted: { books, tickers: ticks, answers: [880, 900], orders, fills: orders },
  },
  "ccxt, polling": { program: "ccxt-bot.mjs", counted: { answers, orders, fills: orders } },
  "ccxt, streams": {
    program: "ccxt-bot.mjs",
    args: ["--streams"],
    counted: { books, tickers: ticks, answers, orders, fills: orders },
  },
  nautilus_trader: {
    needs: "nautilus",
    program: "nautilus_bot.py",
    // Its log; it says nothing but warnings and errors.
    complaint: ({ from, text }) => from === "stderr" || /\[(WARN|ERROR)\]/.test(text),
    // A quote comes when the best price or its size has changed; an order at the market fills at one price or two.
    counted: { books, tickers: [2_000, 6_000], orders: [705, 720], fills: [705, 1_000] },
  },
  freqtrade: {
    needs: "freqtrade",
    program: "freqtrade/bot.py",
    complaint: ({ text }) => / - (WARNING|ERROR|CRITICAL) - |^Traceback|^error/.test(text),
    counted: { loops: [650, 720], candles: [110, 122], orders: [60, 100], fills: [60, 100] },
    // As it ends after every SIGTERM, which it takes for a Ctrl-C.
    exitCode: 130,
  },
};

/** Of the part of the hour that is played; the start, which is what is missing at the least, takes as long in a part. */
function countedIn([least, most]: [least: number, most: number]): [least: number, most: number] {
  const ofTheStart = Math.min(most - least, 0.03 * most) * (1 - share);
  return [Math.floor(least * share - ofTheStart), Math.ceil(most * share)];
}

describe.each(Object.entries(strangers))("%s", (_, { needs, program, args, counted, ...stranger }) => {
  const { complaint = ({ from }) => from === "stderr", exitCode = 0 } = stranger;

  test.skipIf(needs !== undefined && !available(needs))(
    "lives an hour on the clock that leaps",
    { timeout: patienceMs },
    async () => {
      const hour = await playHour(program, args, needs === undefined ? undefined : pythonOf(needs));
      expect(hour.lines.filter(complaint)).toEqual([]);
      expect(hour).toMatchObject({ aliveAtEnd: true, exitCode });
      expect(hour.lines.map(({ text }) => text)).toContain("up");
      for (const [name, hourly] of Object.entries(counted)) {
        const [least, most] = countedIn(hourly);
        expect(hour.summary[name], `${name}, of ${JSON.stringify(hour.summary)}`).toBeGreaterThanOrEqual(least);
        expect(hour.summary[name], `${name}, of ${JSON.stringify(hour.summary)}`).toBeLessThanOrEqual(most);
      }
      expect(hour.report.outsiders).toEqual([]);
      expect(hour.report.incidentMs).toBeGreaterThanOrEqual(playedMs);
      // It leapt: an hour in which the ticks alone are 36,000 moments cannot have had fewer.
      expect(hour.report.leaps).toBeGreaterThan(30_000 * share);
    },
  );
});

describe.skipIf(!available("python3"))("a handler that takes 40 ms of CPU", () => {
  const messages = 100;

  test.each([
    ["quiet", () => Promise.resolve()],
    ["busy", () => keepBusy().then(() => keepBusy())],
  ])("takes 40 ms ± 10 % on the clock, machine %s", { timeout: patienceMs }, async (_, disturb) => {
    await disturb();
    const { client, server } = await playBurning("python3", messages);
    expect([client.length, server.length]).toEqual([messages, messages]);
    for (const tookMs of [...client, ...server]) {
      expect(tookMs).toBeGreaterThan(36);
      expect(tookMs).toBeLessThan(44);
    }
  });
});
