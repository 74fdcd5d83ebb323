/**
 * The smallest bot on ccxt pro as its documentation has it, defaults kept: it watches a few public topics and its own
 * orders, each in a loop that prints what fails and watches again, asks for tickers and candles by REST, and trades a little.
 *
 * Roles: market-data, rest-polling, private-stream, trading
 * Needs: ccxt
 */

import { setTimeout as sleep } from "node:timers/promises";
import ccxt from "ccxt";

const { env } = process;
const variable = (name: string): string => env[`FIREDRILL_${name}`] ?? "";
const askEveryMs = 7_000;
const orderEveryMs = 10_000;
const orderValue = 25;

const exchange = new ccxt.pro.bybit({ apiKey: variable("API_KEY"), secret: variable("API_SECRET") });

interface Addresses {
  [name: string]: string | Addresses;
}

/** ccxt has one table with all addresses: only their origins are changed, their paths are its own. */
function point(addresses: Addresses): void {
  for (const [name, address] of Object.entries(addresses)) {
    if (typeof address !== "string") point(address);
    else if (address.startsWith("wss:"))
      addresses[name] = address.replace(/^wss:\/\/[^/]+/, new URL(streamFor(address)).origin);
    else addresses[name] = variable("EXCHANGE_REST_URL");
  }
}

function streamFor(address: string): string {
  if (address.endsWith("/trade")) return variable("EXCHANGE_TRADE_WS_URL");
  return variable(address.endsWith("/private") ? "EXCHANGE_PRIVATE_WS_URL" : "EXCHANGE_PUBLIC_WS_URL");
}

async function againAndAgain(act: () => Promise<unknown>, everyMs = 0): Promise<never> {
  for (;;) {
    if (everyMs > 0) await sleep(everyMs);
    try {
      await act();
    } catch (error) {
      console.error("failed:", error);
      // As ccxt's examples do: an error is no reason to spin.
      await sleep(1_000);
    }
  }
}

for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => process.exit(0));

point(exchange.urls.api);
await exchange.loadMarkets();
// ccxt.pro asks for this once where an address is ws:// and not wss://.
await exchange.loadHttpProxyAgent();
const symbols = variable("SYMBOLS")
  .split(",")
  .map((id) => exchange.safeSymbol(id, undefined, undefined, "linear"));
const prices = new Map<string, number>();
const bought = new Set<string>();

async function watchTickers(): Promise<void> {
  const tickers = await exchange.watchTickers(symbols);
  for (const [symbol, { last }] of Object.entries(tickers)) if (last !== undefined) prices.set(symbol, last);
}

async function ask(): Promise<void> {
  for (const symbol of symbols) {
    await exchange.fetchTicker(symbol);
    await exchange.fetchOHLCV(symbol, "1m", undefined, 200);
  }
}

async function order(): Promise<void> {
  for (const [symbol, price] of prices) {
    const side = bought.delete(symbol) ? "sell" : "buy";
    if (side === "buy") bought.add(symbol);
    const least = exchange.market(symbol).limits.amount?.min ?? 0;
    await exchange.createOrder(symbol, "market", side, Math.max(orderValue / price, least));
  }
}

await Promise.all([
  againAndAgain(() => exchange.watchOrderBookForSymbols(symbols)),
  againAndAgain(() => exchange.watchTradesForSymbols(symbols)),
  againAndAgain(watchTickers),
  againAndAgain(() => exchange.watchOrders()),
  againAndAgain(() => exchange.watchMyTrades()),
  againAndAgain(ask, askEveryMs),
  againAndAgain(order, orderEveryMs),
]);
