/**
 * When to look for which wave, all in UTC: checks at minutes 05, 20, 35 and 50, each for the wave of 20 minutes
 * before. The host's time zone has no say in it.
 */

const minuteMs = 60_000;
const intervalMs = 15 * minuteMs;
const firstCheckMs = 5 * minuteMs;
const lookBackMs = 20 * minuteMs;

export interface WaveSchedule {
  /** The next check after a moment, epoch ms. */
  nextCheck(nowMs: number): number;
  /** The wave that a check looks for, epoch ms. */
  waveFor(checkMs: number): number;
}

export const utcWaves: WaveSchedule = {
  nextCheck: (nowMs) => (Math.floor((nowMs - firstCheckMs) / intervalMs) + 1) * intervalMs + firstCheckMs,
  waveFor: (checkMs) => checkMs - lookBackMs,
};
