/**
 * How many stream connections one address may have: 500 new ones in 5 min over all streams, which share one host, and
 * 1,000 open ones for each category of market data. Whoever exceeds it is refused the upgrade with 403, as the gateway
 * does by REST; there is no ban after it.
 */

import { minutes } from "../../core/units.ts";
import { RollingWindow } from "./rolling-window.ts";

const newAllowed = 500;
const windowMs = minutes(5);
const openAllowed = 1_000;
const marketData = "/v5/public/";

/** What the limit has to know of a socket. */
export interface Arrival {
  readonly remoteAddress?: string | undefined;
  once(event: "close", listener: () => void): unknown;
}

export class ConnectionLimit {
  readonly #window = new RollingWindow(windowMs);
  readonly #open = new Map<string, number>();

  /** Counts a connection until its socket closes; false where the gateway refuses it. */
  admits(path: string, socket: Arrival, nowMs: number): boolean {
    const address = socket.remoteAddress ?? "";
    const place = `${address} ${path}`;
    const open = this.#open.get(place) ?? 0;
    if (path.startsWith(marketData) && open >= openAllowed) return false;
    if (this.#window.take(address, newAllowed, nowMs).granted === 0) return false;
    this.#open.set(place, open + 1);
    socket.once("close", () => this.#open.set(place, (this.#open.get(place) ?? 1) - 1));
    return true;
  }
}
