/**
 * Report B, F3: "if the wave timestamp is older than an hour, recompute it with today's date". Log times are local and
 * wave times UTC, so east of Greenwich every wave looks hours old; and between local and UTC midnight today's date is
 * tomorrow in UTC, so the client looks for waves of the future.
 */

import { broken, referenceParts } from "../reference/parts.ts";

const hourMs = 3_600_000;

function recomputed(waveMs: number): number {
  const now = new Date();
  const localAsUtc = now.getTime() - now.getTimezoneOffset() * 60_000;
  if (localAsUtc - waveMs <= hourMs) return waveMs;
  const wave = new Date(waveMs);
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate(), wave.getUTCHours(), wave.getUTCMinutes());
}

const { waves } = referenceParts;

export default broken("looks for waves under the local date instead of the UTC date (report B, F3)", {
  waves: { nextCheck: (nowMs) => waves.nextCheck(nowMs), waveFor: (checkMs) => recomputed(waves.waveFor(checkMs)) },
});
