/**
 * Signals in, one order each: the feed, the wave checks and the trader. Orders go by REST, or with the role `trade-stream`
 * over the trade stream.
 */

import type { Role } from "../role.ts";
import { runWaveLoop } from "../signals/wave-loop.ts";
import { RestEntry } from "../trading/order-entry.ts";

const signals: Role = async ({ parts, settings, rest, budget, warnings, incidents, signal }) => {
  const buffer = parts.signalBuffer();
  const feed = parts.feed({ url: settings.signalUrl, token: settings.signalToken, buffer, incidents, warnings });
  const stream = settings.roles.includes("trade-stream")
    ? parts.tradeStream({ ...parts, settings, rest, budget, warnings })
    : undefined;
  const trader = parts.trader({ rest, entry: stream ?? new RestEntry(rest), symbols: settings.symbols });
  const stop = (): void => {
    feed.stop();
    void stream?.connection.stop();
  };
  signal.addEventListener("abort", stop, { once: true });
  feed.start();
  stream?.connection.start();
  await runWaveLoop({ feed, buffer, schedule: parts.waves, trader, signal });
};

export default signals;
