/**
 * A bot on unmodified bybit-api: its streams, REST polling, an order by the trade stream every 30 s. It runs until
 * SIGTERM, then prints what it counted as one JSON line. Whatever goes wrong is a line on stderr.
 */

import { RestClientV5, WebsocketAPIClient, WebsocketClient } from "bybit-api";

const { env } = process;
const keys = { key: env.FIREDRILL_API_KEY, secret: env.FIREDRILL_API_SECRET };
const linear = { category: "linear", symbol: "BTCUSDT" };
const orderEveryMs = 30_000;
// Not 5 s: a connection that Node's agent kept idle for 5 s times out in the very millisecond in which the next request
// takes it, and that request fails at once with axios' "timeout of 300000ms exceeded". At x1 it is a rare accident, on
// this clock, where both timers are due at the same moment, one request of 300.
const askEveryMs = 4_000;

const seen = { books: 0, tickers: 0, answers: 0, orders: 0, fills: 0, executions: 0 };
const complain = (what, value) => console.error(`error: ${what}:`, value);
process.on("unhandledRejection", (error) => complain("unhandled rejection", error));
// The SDK's own logger prints what it does on stdout: that is not this bot's.
const logger = { trace: () => undefined, info: () => undefined, error: (...what) => complain("bybit-api", what) };

// `wsUrl` stands for every socket of a client, so there is one client for each address.
const market = new WebsocketClient({ wsUrl: env.FIREDRILL_EXCHANGE_PUBLIC_WS_URL }, logger);
const account = new WebsocketClient({ ...keys, wsUrl: env.FIREDRILL_EXCHANGE_PRIVATE_WS_URL }, logger);
const trader = new WebsocketAPIClient({ ...keys, wsUrl: env.FIREDRILL_EXCHANGE_TRADE_WS_URL }, logger);
const rest = new RestClientV5({ ...keys, baseUrl: env.FIREDRILL_EXCHANGE_REST_URL });
const sockets = { market, account, trader: trader.getWSClient() };
for (const [name, socket] of Object.entries(sockets)) {
  socket.on("exception", (event) => complain(`${name}: exception`, event));
  socket.on("reconnect", ({ wsKey }) => complain(`${name}: reconnects`, wsKey));
}

function onOrder(order) {
  if (order.orderStatus === "Filled") seen.fills += 1;
  else if (!["New", "PartiallyFilled"].includes(order.orderStatus)) complain("neither new nor filled", order);
}

market.on("update", ({ topic }) => {
  if (topic.startsWith("orderbook")) seen.books += 1;
  else seen.tickers += 1;
});
account.on("update", ({ topic, data }) => {
  if (topic === "order") data.forEach(onOrder);
  else seen.executions += data.length;
});

async function ask() {
  const ticker = await rest.getTickers(linear);
  const wallet = await rest.getWalletBalance({ accountType: "UNIFIED" });
  if (Number(ticker.result.list?.[0]?.lastPrice) > 0 && Number(wallet.result.list?.[0]?.totalEquity) > 0)
    seen.answers += 1;
  else complain("an answer without a price or equity", [ticker, wallet]);
}

let side = "Buy";
async function order() {
  const { retCode, retMsg } = await trader.submitNewOrder({ ...linear, side, orderType: "Market", qty: "0.01" });
  side = side === "Buy" ? "Sell" : "Buy";
  if (retCode === 0) seen.orders += 1;
  else complain("order refused", retMsg);
}

// A private topic reports nothing before its acknowledgement; the promise of subscribeV5 does not wait for that.
const subscribed = new Promise((resolve) => account.on("response", ({ op }) => op === "subscribe" && resolve()));
market.subscribeV5(["orderbook.50.BTCUSDT", "tickers.BTCUSDT"], "linear");
account.subscribeV5(["order", "execution"], "linear");
await subscribed;
setInterval(() => void ask().catch((error) => complain("asking by REST", error)), askEveryMs);
setInterval(() => void order().catch((error) => complain("placing an order", error)), orderEveryMs);
console.log("up");

process.on("SIGTERM", () => {
  console.log(JSON.stringify({ summary: seen }));
  process.exit(0);
});
