/**
 * Durations are plain numbers of milliseconds, named with the unit last (`reconnectMs`). These helpers let a scenario
 * say `minutes(20)` and a message say "2 min 05 s". Dates and time zones are in `clock.ts`.
 */

export const millis = (n: number): number => n;
export const seconds = (n: number): number => n * 1_000;
export const minutes = (n: number): number => n * 60_000;
export const hours = (n: number): number => n * 3_600_000;

/** A duration as a person would say it: `870 ms`, `4.2 s`, `12 min 30 s`, `3 h 06 min`. */
export function formatDuration(ms: number): string {
  if (ms < 0) return `-${formatDuration(-ms)}`;
  // Rounded before the unit is chosen: 59.97 s is written as 1 min, not as 60 s.
  if (Math.round(ms) < 1_000) return `${Math.round(ms)} ms`;
  if (Math.round(ms / 100) < 600) return `${trimZero((ms / 1_000).toFixed(1))} s`;
  if (Math.round(ms / 1_000) < 3_600) {
    const total = Math.round(ms / 1_000);
    const rest = total % 60;
    return `${Math.floor(total / 60)} min${rest === 0 ? "" : ` ${pad(rest)} s`}`;
  }
  const total = Math.round(ms / 60_000);
  return `${Math.floor(total / 60)} h ${pad(total % 60)} min`;
}

/** `1 wave`, `2 waves`: a count with its noun. */
export const count = (n: number, noun: string, plural = `${noun}s`): string => `${n} ${n === 1 ? noun : plural}`;

const pad = (n: number): string => String(n).padStart(2, "0");
const trimZero = (text: string): string => text.replace(/\.0$/, "");
