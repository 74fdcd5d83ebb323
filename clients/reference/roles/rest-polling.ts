/** Market data by polling: tickers, order books, trades and candles of every symbol, and decisions on them. */

import { Poller } from "../polling/poller.ts";
import type { Role } from "../role.ts";

const restPolling: Role = async ({ parts, settings, rest, warnings, incidents, signal }) => {
  // A burst for every symbol is no way to begin: the measurement of the clock opens the first connection and shows that
  // the exchange answers. Where it does not, the polls go on by themselves.
  await rest.syncClock().catch(() => undefined);
  await new Poller({ rest, data: parts.data(rest), symbols: settings.symbols, warnings, incidents, signal }).run();
};

export default restPolling;
