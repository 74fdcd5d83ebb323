/**
 * At each wave check: asks for the wave every two seconds until it is there, and trades its signals as they come until
 * the next check: some may be late. A wave that has not come by then is given up with a word in the log; trading it later
 * would be trading old news.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../log.ts";
import type { Trader } from "../trading/trader.ts";
import type { SignalBuffer } from "./buffer.ts";
import type { SignalFeed } from "./feed.ts";
import type { WaveSchedule } from "./waves.ts";

export interface WaveLoopOptions {
  feed: SignalFeed;
  buffer: SignalBuffer;
  schedule: WaveSchedule;
  trader: Trader;
  signal: AbortSignal;
}

/** The pace of asking while the wave is not there yet. */
const askAgainMs = 2_000;

export async function runWaveLoop(options: WaveLoopOptions): Promise<void> {
  const { schedule, signal } = options;
  for (let check = schedule.nextCheck(Date.now()); ; check = schedule.nextCheck(check)) {
    log(`waiting ${Math.round((check - Date.now()) / 1_000)} s until next wave check at ${iso(check)}`);
    await sleep(Math.max(check - Date.now(), 0), undefined, { signal });
    await tradeWave(options, check);
  }
}

/** Trades the signals of one wave as they come, until the next check. */
async function tradeWave({ feed, buffer, schedule, trader, signal }: WaveLoopOptions, check: number): Promise<void> {
  const waveMs = schedule.waveFor(check);
  const giveUpAt = schedule.nextCheck(check);
  log(`looking for wave ${iso(waveMs)}`);
  const taken = new Set<string>();
  const trading: Promise<void>[] = [];
  let askedAt = -Infinity;
  while (Date.now() < giveUpAt) {
    // Asked once even where a push has filled the buffer: a push may have been lost, and the reply is the whole wave.
    const asks = askedAt === -Infinity || (taken.size === 0 && Date.now() - askedAt >= askAgainMs);
    if (asks) {
      feed.request();
      askedAt = Date.now();
    }
    const fresh = buffer.wave(waveMs).filter(({ id }) => !taken.has(id));
    fresh.forEach(({ id }) => taken.add(id));
    if (fresh.length > 0) trading.push(trader.tradeWave(fresh, new Date(giveUpAt)));
    await buffer.news((taken.size === 0 ? askedAt + askAgainMs : giveUpAt) - Date.now(), signal);
  }
  if (taken.size === 0) log(`gave up wave ${iso(waveMs)}: it never came`);
  await Promise.all(trading);
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();
