/**
 * The smallest bot without an SDK, on `ws` and `fetch` as their documentation has them: a ping every 20 s, a redial five
 * seconds after a close, REST without retries. It does not look at its own orders, and keeps no order book.
 *
 * Roles: market-data, rest-polling, trading
 * Needs: ws
 */

import { createHmac } from "node:crypto";
import WebSocket from "ws";

const { env } = process;
const variable = (name: string): string => env[`FIREDRILL_${name}`] ?? "";
const symbols = variable("SYMBOLS").split(",");
const [restUrl, streamUrl] = [variable("EXCHANGE_REST_URL"), variable("EXCHANGE_PUBLIC_WS_URL")];
const [key, secret] = [variable("API_KEY"), variable("API_SECRET")];
const category = "linear";
const pingEveryMs = 20_000;
const redialAfterMs = 5_000;
const askEveryMs = 7_000;
const orderEveryMs = 10_000;
const orderValue = 25;

const prices = new Map<string, number>();

interface Ticker {
  topic?: string;
  data?: { symbol: string; lastPrice?: string };
}

function dial(): void {
  const socket = new WebSocket(streamUrl);
  const pinging = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ op: "ping" }));
  }, pingEveryMs);
  socket.on("open", () => {
    const args = symbols.flatMap((symbol) => [
      `orderbook.50.${symbol}`,
      `publicTrade.${symbol}`,
      `tickers.${symbol}`,
      `kline.1.${symbol}`,
    ]);
    socket.send(JSON.stringify({ op: "subscribe", args }));
  });
  socket.on("message", (message: Buffer) => {
    const { topic, data } = JSON.parse(message.toString()) as Ticker;
    if (topic?.startsWith("tickers.") !== true || data?.lastPrice === undefined) return;
    prices.set(data.symbol, Number(data.lastPrice));
  });
  socket.on("error", (error) => console.error("stream:", error.message));
  socket.on("close", (code) => {
    console.error("stream closed with", code);
    clearInterval(pinging);
    setTimeout(dial, redialAfterMs);
  });
}

interface Answer<T> {
  retCode: number;
  retMsg: string;
  result: { list: T[] };
}

async function get<T>(path: string, parameters: Record<string, string>): Promise<T[]> {
  const response = await fetch(`${restUrl}${path}?${new URLSearchParams(parameters).toString()}`);
  const { retCode, retMsg, result } = (await response.json()) as Answer<T>;
  if (retCode !== 0) throw new Error(`${path}: ${retCode} ${retMsg}`);
  return result.list;
}

async function post(path: string, order: object): Promise<void> {
  const body = JSON.stringify(order);
  const timestamp = String(Date.now());
  const window = "5000";
  const signature = createHmac("sha256", secret).update(`${timestamp}${key}${window}${body}`).digest("hex");
  const headers = {
    ...{ "Content-Type": "application/json", "X-BAPI-API-KEY": key, "X-BAPI-TIMESTAMP": timestamp },
    ...{ "X-BAPI-RECV-WINDOW": window, "X-BAPI-SIGN": signature },
  };
  const response = await fetch(`${restUrl}${path}`, { method: "POST", headers, body });
  const { retCode, retMsg } = (await response.json()) as Answer<never>;
  if (retCode !== 0) throw new Error(`${path}: ${retCode} ${retMsg}`);
}

async function ask(symbol: string): Promise<void> {
  await get("/v5/market/tickers", { category, symbol });
  await get("/v5/market/kline", { category, symbol, interval: "1", limit: "200" });
}

const bought = new Set<string>();
async function order(symbol: string): Promise<void> {
  const price = prices.get(symbol);
  if (price === undefined) return;
  type Instrument = { lotSizeFilter: { qtyStep: string; minOrderQty: string } };
  const [instrument] = await get<Instrument>("/v5/market/instruments-info", { category, symbol });
  if (instrument === undefined) return;
  const { qtyStep, minOrderQty } = instrument.lotSizeFilter;
  const steps = Math.ceil(orderValue / price / Number(qtyStep));
  const qty = Math.max(steps * Number(qtyStep), Number(minOrderQty)).toFixed(qtyStep.split(".")[1]?.length ?? 0);
  const side = bought.delete(symbol) ? "Sell" : "Buy";
  if (side === "Buy") bought.add(symbol);
  await post("/v5/order/create", { category, symbol, side, orderType: "Market", qty });
}

const report = (error: unknown): void => console.error("failed:", error);
dial();
setInterval(() => symbols.forEach((symbol) => void ask(symbol).catch(report)), askEveryMs);
setInterval(() => symbols.forEach((symbol) => void order(symbol).catch(report)), orderEveryMs);

for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => process.exit(0));
