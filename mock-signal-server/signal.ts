/**
 * Signals and their waves. One wave for every 15-minute candle, 5 to 7 signals each; the signals of wave W appear
 * between W+15 and W+19 min (report B, H3). Everything follows from the seed: any wave of any day can be asked for at
 * any time and is always the same.
 */

import type { Random } from "../core/random.ts";
import { minutes } from "../core/units.ts";

export interface Signal {
  id: string;
  symbol: string;
  side: "Buy" | "Sell";
  /** The wave, ISO UTC: `2025-10-21T22:45:00.000Z`. */
  timestamp: string;
  score: number;
  /** Only signals for `bybit` are for this client; others it has to skip. */
  exchange: string;
}

/** What a scenario fixes of one wave; the rest stays seeded. */
export interface WaveOverride {
  signals: number;
  foreign: number;
}

export interface WaveOptions {
  random: Random;
  symbols: readonly string[];
  /** By the wave's ISO time. */
  overrides?: Readonly<Record<string, WaveOverride>>;
}

export interface Appearance {
  atMs: number;
  signal: Signal;
}

export const waveIntervalMs = minutes(15);
const earliestMs = minutes(15);
const latestMs = minutes(19);

/** The wave that holds a moment, epoch ms. */
export const waveOf = (epochMs: number): number => Math.floor(epochMs / waveIntervalMs) * waveIntervalMs;

/** The signals of one wave with the moment each appears, earliest first. */
export function signalsOfWave(waveMs: number, options: WaveOptions): Appearance[] {
  const timestamp = new Date(waveMs).toISOString();
  const random = options.random.fork(timestamp);
  const override = options.overrides?.[timestamp];
  const size = Math.min(override?.signals ?? random.integer(5, 7), options.symbols.length);
  const foreign = override?.foreign ?? (random.chance(0.2) ? 1 : 0);
  return random
    .shuffle(options.symbols)
    .slice(0, size)
    .map((symbol, index) => ({
      atMs: waveMs + random.integer(earliestMs, latestMs),
      signal: {
        id: `${timestamp.slice(0, 16).replace(/[-:]/g, "")}-${symbol}`,
        symbol,
        side: random.pick(["Buy", "Sell"] as const),
        timestamp,
        score: Math.round((0.5 + random.next() / 2) * 1_000) / 1_000,
        exchange: index < foreign ? "binance" : "bybit",
      },
    }))
    .sort((a, b) => a.atMs - b.atMs);
}

/** The newest `size` signals that have appeared by a moment, oldest first: what the server's buffer holds then. */
export function bufferAt(epochMs: number, size: number, options: WaveOptions): Signal[] {
  const found: Appearance[] = [];
  for (let wave = waveOf(epochMs - earliestMs); found.length < size; wave -= waveIntervalMs) {
    found.unshift(...signalsOfWave(wave, options).filter(({ atMs }) => atMs <= epochMs));
  }
  return found
    .sort((a, b) => a.atMs - b.atMs)
    .slice(-size)
    .map(({ signal }) => signal);
}
