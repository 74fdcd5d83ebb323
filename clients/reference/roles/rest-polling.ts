/** Market data by polling: tickers, order books, trades and candles of every symbol, and decisions on them. */

import { Poller } from "../polling/poller.ts";
import type { Role } from "../role.ts";

const restPolling: Role = ({ parts, settings, rest, warnings, signal }) =>
  new Poller({ rest, data: parts.data(rest), symbols: settings.symbols, warnings, signal }).run();

export default restPolling;
