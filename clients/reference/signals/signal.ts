/** A trading signal as the feed sends it. */
export interface Signal {
  id: string;
  symbol: string;
  side: "Buy" | "Sell";
  /** The wave it belongs to, ISO UTC. */
  timestamp: string;
  exchange: string;
}
