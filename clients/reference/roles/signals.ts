/** Signals in, one order each: the feed, the wave checks and the trader. */

import type { Role } from "../role.ts";
import { SignalBuffer } from "../signals/buffer.ts";
import { runWaveLoop } from "../signals/wave-loop.ts";

const signals: Role = async ({ parts, settings, rest, signal }) => {
  const buffer = new SignalBuffer();
  const feed = parts.feed({ url: settings.signalUrl, token: settings.signalToken, buffer });
  const trader = parts.trader({ rest, symbols: settings.symbols });
  signal.addEventListener("abort", () => feed.stop(), { once: true });
  feed.start();
  await runWaveLoop({ feed, buffer, schedule: parts.waves, trader, signal });
};

export default signals;
