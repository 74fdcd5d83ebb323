/**
 * Market data by streams: ten public connections, conn_0 … conn_9, as in report E, each with its own symbols. With the
 * role `trading` it trades on them.
 */

import { messageOf } from "../message-of.ts";
import type { Role } from "../role.ts";
import { MarketStream } from "../stream/market-stream.ts";
import { topicsOf } from "../stream/topics.ts";
import { untilAborted } from "../until-aborted.ts";

const mostConnections = 10;
const askTimeEveryMs = 60_000;

const marketData: Role = async ({ parts, settings, rest, warnings, incidents, budget, signal }) => {
  const streams = shares(settings.symbols).map(
    (symbols, n) =>
      new MarketStream({
        ...{ name: `conn_${n}`, url: settings.exchangePublicUrl, topics: symbols.flatMap(topicsOf) },
        ...{ parts, budget, warnings, incidents },
      }),
  );
  const health = parts.marketHealth(streams);
  const trader = parts.marketTrader({
    ...{ rest, symbols: settings.symbols, warnings },
    quote: (symbol) => streams.map(({ market }) => market.quote(symbol)).find((quote) => quote !== undefined),
  });
  for (const { connection } of streams) connection.start();
  health.start();
  if (settings.roles.includes("trading")) trader.start();
  // The exchange is asked for its date now and then; what becomes of that is no business of the streams.
  const asking = setInterval(() => {
    rest
      .syncClock()
      .catch((error: unknown) => warnings.warn("clock", `the exchange does not report its date: ${messageOf(error)}`));
  }, askTimeEveryMs);
  await untilAborted(signal);
  clearInterval(asking);
  health.stop();
  trader.stop();
  await Promise.all(streams.map(({ connection }) => connection.stop()));
};

/** The symbols of each connection. */
function shares(symbols: readonly string[]): string[][] {
  const connections = Math.min(mostConnections, symbols.length);
  return Array.from({ length: connections }, (_, n) => symbols.filter((_symbol, at) => at % connections === n));
}

export default marketData;
