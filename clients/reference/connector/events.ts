/** What a runner prints: one JSON object a line, a trade or the best prices of a book. Anything else is a bad event. */

export interface TradeEvent {
  event: "trade";
  symbol: string;
  price: number;
  size: number;
  side: "Buy" | "Sell";
  /** When it happened at the exchange, epoch ms. */
  timeMs: number;
}

export interface DepthEvent {
  event: "depth";
  symbol: string;
  bid: number;
  ask: number;
  timeMs: number;
}

export type MarketEvent = TradeEvent | DepthEvent;

/** @throws Error for a line that is no event. */
export function parseEvent(line: string): MarketEvent {
  const event = JSON.parse(line) as Partial<Record<string, unknown>> | null;
  const numbers = event?.event === "trade" ? ["price", "size"] : event?.event === "depth" ? ["bid", "ask"] : undefined;
  if (numbers === undefined || typeof event?.symbol !== "string") throw new Error(`no market event: ${excerpt(line)}`);
  const wrong = [...numbers, "timeMs"].find((name) => !Number.isFinite(event[name]));
  if (wrong !== undefined) throw new Error(`"${wrong}" is no number in ${excerpt(line)}`);
  return event as unknown as MarketEvent;
}

const excerpt = (line: string): string => line.slice(0, 120);
