/** Asks a few right questions on fresh connections; names those that did not get their right answer. */

import { talk } from "./http-wire.ts";
import { rawRequest, signedGet } from "./requests.ts";
import { startMs, type Ports } from "./stage.ts";
import { ending, isEnding, login, paths, portOf } from "./streams.ts";
import { converse, frame, upgradeRequest } from "./ws-wire.ts";

export async function isHealthy(ports: Ports): Promise<string[]> {
  const [time, wallet, ...streams] = await Promise.all([
    talk(ports.rest, rawRequest({ method: "GET", target: "/v5/market/time" }), 1),
    talk(ports.rest, signedGet("/v5/account/wallet-balance", "accountType=UNIFIED"), 1),
    ...paths.map((path) => subscribes(path, ports)),
  ]);
  const wrong = streams.filter((problem) => problem !== "");
  if (!time.replies[0]?.body.includes(`"timeSecond":"${startMs / 1_000}"`)) wrong.push("market/time");
  if (!wallet.replies[0]?.body.startsWith('{"retCode":0,"retMsg":"OK","result":{"list":[{"totalEquity"'))
    wrong.push("wallet-balance");
  return wrong;
}

/** A subscription is taken and its pong comes back; the trade stream takes none, so there the login has to do. */
async function subscribes(path: string, ports: Ports): Promise<string> {
  const topic =
    path === "/v5/private"
      ? "wallet"
      : path === "/v5/public/option"
        ? "publicTrade.BTC"
        : `tickers.${path.endsWith("inverse") ? "BTCUSD" : "BTCUSDT"}`;
  const wish = path === "/v5/trade" ? Buffer.alloc(0) : frame(JSON.stringify({ op: "subscribe", args: [topic] }));
  const bytes = Buffer.concat([upgradeRequest(path), login(path), wish, ending]);
  const { texts } = await converse(portOf(path, ports), bytes, isEnding);
  const acks = texts.filter((text) => !text.startsWith('{"topic"'));
  const wanted = path === "/v5/private" ? 3 : 2;
  const good =
    acks.length === wanted && !acks.some((text) => text.includes('"success":false') || /"retCode":[1-9]/.test(text));
  return good ? "" : `${path}: ${texts.join(" ").slice(0, 300)}`;
}
