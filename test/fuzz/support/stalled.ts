/** Ends a conversation on which nothing has moved for so long that the answer is not late but missing. */

/** No test waits for it: it passes only where a defect keeps an answer back, however busy the machine is. */
const stalledMs = 20_000;

export function stalled(end: () => void): { progress(): void; stop(): void } {
  const timer = setTimeout(end, stalledMs);
  return { progress: () => void timer.refresh(), stop: () => clearTimeout(timer) };
}
