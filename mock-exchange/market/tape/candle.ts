/** A candle in whole ticks and steps, and how candles add up. */

export interface Candle {
  startMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** Steps. */
  volume: number;
  /** Whole units of the instrument's turnover. */
  turnover: number;
}

/** The candle of a period from the candles in it, oldest first; undefined where there are none. */
export function joined(startMs: number, parts: readonly Candle[]): Candle | undefined {
  const [first] = parts;
  if (first === undefined) return undefined;
  const whole = { ...first, startMs };
  for (let i = 1; i < parts.length; i += 1) {
    const part = parts[i];
    if (part === undefined) continue;
    if (part.high > whole.high) whole.high = part.high;
    if (part.low < whole.low) whole.low = part.low;
    whole.close = part.close;
    whole.volume += part.volume;
    whole.turnover += part.turnover;
  }
  return whole;
}
