/**
 * The smallest bot on bybit-api as its documentation has it, defaults kept: it follows a few public topics and its own
 * orders, asks for tickers and candles by REST, and trades a little. Whatever goes wrong it prints, and leaves to the SDK.
 *
 * Roles: market-data, rest-polling, private-stream, trading
 * Needs: bybit-api
 */

import { RestClientV5, WebsocketClient } from "bybit-api";

const { env } = process;
const variable = (name: string): string => env[`FIREDRILL_${name}`] ?? "";
const symbols = variable("SYMBOLS").split(",");
const keys = { key: variable("API_KEY"), secret: variable("API_SECRET") };
const category = "linear";
const askEveryMs = 7_000;
const orderEveryMs = 10_000;
const orderValue = 25;

const rest = new RestClientV5({ ...keys, baseUrl: variable("EXCHANGE_REST_URL") });
// `wsUrl` stands for every socket of a client, so there is one client for each address.
const market = new WebsocketClient({ wsUrl: variable("EXCHANGE_PUBLIC_WS_URL") });
const account = new WebsocketClient({ ...keys, wsUrl: variable("EXCHANGE_PRIVATE_WS_URL") });

const report = (what: string) => (error: unknown) => console.error(what, error);
const prices = new Map<string, number>();
const quantities = new Map<string, string>();

interface Ticker {
  symbol: string;
  lastPrice?: string;
}

market.on("update", ({ topic, data }: { topic: string; data: unknown }) => {
  if (!topic.startsWith("tickers.")) return;
  const { symbol, lastPrice } = data as Ticker;
  if (lastPrice !== undefined) prices.set(symbol, Number(lastPrice));
});
account.on("update", ({ topic, data }: { topic: string; data: unknown }) => console.log(topic, JSON.stringify(data)));
for (const client of [market, account]) {
  client.on("exception", report("exception"));
  client.on("reconnect", ({ wsKey }) => console.log("reconnecting", wsKey));
  client.on("reconnected", ({ wsKey }) => console.log("reconnected", wsKey));
}

async function ask(symbol: string): Promise<void> {
  const ticker = await rest.getTickers({ category, symbol });
  const candles = await rest.getKline({ category, symbol, interval: "1", limit: 200 });
  console.log(symbol, ticker.result.list[0]?.lastPrice, candles.result.list.length);
}

/** The same small value of every symbol, in the steps that its instrument allows. */
async function quantityOf(symbol: string, price: number): Promise<string | undefined> {
  const known = quantities.get(symbol);
  if (known !== undefined) return known;
  const [instrument] = (await rest.getInstrumentsInfo({ category, symbol })).result.list;
  if (instrument === undefined) return undefined;
  const { qtyStep, minOrderQty } = instrument.lotSizeFilter as { qtyStep: string; minOrderQty: string };
  const steps = Math.ceil(orderValue / price / Number(qtyStep));
  const quantity = Math.max(steps * Number(qtyStep), Number(minOrderQty));
  const text = quantity.toFixed(qtyStep.split(".")[1]?.length ?? 0);
  quantities.set(symbol, text);
  return text;
}

let orders = 0;
async function order(symbol: string): Promise<void> {
  const price = prices.get(symbol);
  const qty = price === undefined ? undefined : await quantityOf(symbol, price);
  if (qty === undefined) return;
  const side = Math.floor(orders++ / symbols.length) % 2 === 0 ? "Buy" : "Sell";
  const { retCode, retMsg } = await rest.submitOrder({ category, symbol, side, orderType: "Market", qty });
  if (retCode !== 0) console.error("order refused", retCode, retMsg);
}

market
  .subscribeV5(
    symbols.flatMap((symbol) => [`orderbook.50.${symbol}`, `publicTrade.${symbol}`, `tickers.${symbol}`]),
    category,
  )
  .forEach((asked) => void asked.catch(report("not subscribed")));
account
  .subscribeV5(["order", "execution", "position"], category)
  .forEach((asked) => void asked.catch(report("not subscribed")));
setInterval(() => symbols.forEach((symbol) => void ask(symbol).catch(report("not answered"))), askEveryMs);
setInterval(() => symbols.forEach((symbol) => void order(symbol).catch(report("order failed"))), orderEveryMs);

for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => process.exit(0));
