/**
 * A bot on unmodified ccxt: polls by REST and places an order by REST every 30 s; with `--streams` it watches the book,
 * the ticker and its orders by ccxt.pro besides. It runs until SIGTERM, then prints what it counted as one JSON line.
 * Whatever goes wrong is a line on stderr.
 */

import ccxt from "ccxt";

const { env } = process;
const symbol = "BTC/USDT:USDT";
const streams = process.argv.includes("--streams");
const orderEveryMs = 30_000;
const askEveryMs = 5_000;

const seen = { books: 0, tickers: 0, answers: 0, orders: 0, fills: 0 };
const complain = (what, value) => console.error(`error: ${what}:`, value);
process.on("unhandledRejection", (error) => complain("unhandled rejection", error));

const keys = { apiKey: env.FIREDRILL_API_KEY, secret: env.FIREDRILL_API_SECRET };
const exchange = streams ? new ccxt.pro.bybit(keys) : new ccxt.bybit(keys);

/** ccxt has one table with all addresses: only their origins are changed, their paths are its own. */
function point(addresses) {
  for (const [name, address] of Object.entries(addresses)) {
    if (typeof address !== "string") point(address);
    else if (address.startsWith("wss:"))
      addresses[name] = address.replace(/^wss:\/\/[^/]+/, new URL(streamFor(address)).origin);
    else addresses[name] = env.FIREDRILL_EXCHANGE_REST_URL;
  }
}

function streamFor(address) {
  if (address.endsWith("/trade")) return env.FIREDRILL_EXCHANGE_TRADE_WS_URL;
  return address.endsWith("/private") ? env.FIREDRILL_EXCHANGE_PRIVATE_WS_URL : env.FIREDRILL_EXCHANGE_PUBLIC_WS_URL;
}

point(exchange.urls.api);

async function ask() {
  const [ticker, balance] = [await exchange.fetchTicker(symbol), await exchange.fetchBalance()];
  if (ticker.last > 0 && balance.USDT.total > 0) seen.answers += 1;
  else complain("an answer without a price or balance", [ticker, balance]);
}

let side = "buy";
async function order() {
  const { id } = await exchange.createOrder(symbol, "market", side, 0.01);
  side = side === "buy" ? "sell" : "buy";
  seen.orders += 1;
  if (streams) return;
  const { status } = await exchange.fetchClosedOrder(id, symbol);
  if (status === "closed") seen.fills += 1;
  else complain("an order at the market that is not closed", status);
}

async function watch(next) {
  for (;;) await next();
}

const watched = [
  async () => {
    await exchange.watchOrderBook(symbol);
    seen.books += 1;
  },
  async () => {
    await exchange.watchTicker(symbol);
    seen.tickers += 1;
  },
  async () => {
    const orders = await exchange.watchOrders(symbol);
    seen.fills += orders.filter(({ status }) => status === "closed").length;
  },
];

await exchange.loadMarkets();
// ccxt.pro asks for this once where an address is ws:// and not wss://.
if (streams) await exchange.loadHttpProxyAgent();
if (streams) watched.forEach((next) => void watch(next).catch((error) => complain("watching", error)));
setInterval(() => void ask().catch((error) => complain("asking by REST", error)), askEveryMs);
setInterval(() => void order().catch((error) => complain("placing an order", error)), orderEveryMs);
console.log("up");

process.on("SIGTERM", () => {
  console.log(JSON.stringify({ summary: seen }));
  process.exit(0);
});
