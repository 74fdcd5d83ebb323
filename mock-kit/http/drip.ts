/** A body that comes at so many bytes a second: never silent for long, and far too slow. */

export interface Dripping {
  /** Incident ms. */
  elapsed(): number;
  after(ms: number, callback: () => void): void;
  write(part: Buffer): void;
  finish(): void;
}

/** Incident ms; where a single byte takes longer, that long. */
const shortestPauseMs = 100;

/** The head has been sent. */
export function drip(body: Buffer, bytesPerSecond: number, to: Dripping): void {
  const bytesPerMs = bytesPerSecond / 1_000;
  const pauseMs = Math.max(shortestPauseMs, 1 / bytesPerMs);
  const beganAt = to.elapsed();
  let sent = 0;
  const next = (): void => {
    // By time, not by count: a timer that came late makes up for it.
    const due = Math.min(Math.floor((to.elapsed() - beganAt) * bytesPerMs), body.length);
    if (due > sent) to.write(body.subarray(sent, due));
    sent = due;
    if (sent === body.length) to.finish();
    else to.after(pauseMs, next);
  };
  to.after(pauseMs, next);
}
