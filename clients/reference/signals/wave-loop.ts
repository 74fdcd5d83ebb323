/**
 * At each wave check: asks for the wave every two seconds until it is there, trades it, and waits for the next check.
 * A wave that has not come by then is given up with a word in the log; trading it later would be trading old news.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../log.ts";
import type { Trader } from "../trading/trader.ts";
import type { SignalBuffer } from "./buffer.ts";
import type { Signal } from "./signal.ts";
import type { SignalFeed } from "./feed.ts";
import type { WaveSchedule } from "./waves.ts";

export interface WaveLoopOptions {
  feed: SignalFeed;
  buffer: SignalBuffer;
  schedule: WaveSchedule;
  trader: Trader;
  signal: AbortSignal;
}

/** Time for a reply, and the pace of asking while the wave is not there yet. */
const askAgainMs = 2_000;

export async function runWaveLoop({ feed, buffer, schedule, trader, signal }: WaveLoopOptions): Promise<void> {
  for (let check = schedule.nextCheck(Date.now()); ; check = schedule.nextCheck(check)) {
    const waveMs = schedule.waveFor(check);
    log(`waiting ${Math.round((check - Date.now()) / 1_000)} s until next wave check at ${iso(check)}`);
    await sleep(Math.max(check - Date.now(), 0), undefined, { signal });

    log(`looking for wave ${iso(waveMs)}`);
    const giveUpAt = schedule.nextCheck(check);
    let found: Signal[];
    // Asked even where a push has filled the buffer: a push may have been lost, and the reply is the whole wave.
    do {
      feed.request();
      await sleep(askAgainMs, undefined, { signal });
      found = buffer.wave(waveMs);
    } while (found.length === 0 && Date.now() < giveUpAt);

    if (found.length === 0) log(`gave up wave ${iso(waveMs)}: it never came`);
    else await trader.tradeWave(found, new Date(giveUpAt));
  }
}

const iso = (epochMs: number): string => new Date(epochMs).toISOString();
