/**
 * A GET is answered past Fastify's lifecycle while no fault is armed (rest-server.ts), and by it otherwise. A client
 * must not be able to tell: the same bytes go to two exchanges of one seed whose clocks stand still, and one of them has
 * a fault armed that meets nothing.
 */

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Journal } from "../../core/journal/journal.ts";
import { minutes } from "../../core/units.ts";
import { testClock } from "../market/test-clock.ts";
import { startExchange, type Exchange } from "../server.ts";

const key = { key: "both-key", secret: "both-secret" };
const start = "2026-01-01T00:30:00Z";

interface Side {
  exchange: Exchange;
  journal: Journal;
}
let sides: [fast: Side, whole: Side];

async function open(): Promise<Side> {
  const clock = testClock(start);
  const journal = new Journal(clock);
  const keys = [key, { key: "bound", secret: key.secret, ips: ["10.0.0.1"] }];
  return { journal, exchange: await startExchange({ clock, journal, symbols: ["BTCUSDT"], keys }) };
}

beforeAll(async () => {
  sides = [await open(), await open()];
  sides[1].exchange.faults.rest.arm({ match: { path: "/nobody/asks" }, action: { do: "hang" }, ttlMs: minutes(600) });
});
afterAll(() => Promise.all(sides.map(({ exchange }) => exchange.close())));

/** All that comes back for these bytes until the connection ends; only the wall's date is left out. */
async function played({ exchange }: Side, text: string): Promise<string> {
  const socket = connect(exchange.port, "127.0.0.1");
  const received: Buffer[] = [];
  socket.on("data", (part: Buffer) => received.push(part));
  socket.write(text);
  await once(socket, "close");
  return Buffer.concat(received)
    .toString("latin1")
    .replaceAll(/^Date: .*$/gm, "Date");
}

/** What the journal has of a side's requests and connections, but not when. */
const recorded = ({ journal }: Side): unknown[] =>
  journal
    .view()
    .all("exchange.request")
    .map(({ at: _at, seq: _seq, ...rest }) => rest);

const request = (line: string, ...headers: string[]): string =>
  [`${line} HTTP/1.1`, "Host: x", ...headers, "", ""].join("\r\n");
const last = (line: string, ...headers: string[]): string => request(line, "Connection: close", ...headers);

function signed(apiKey: string, query: string, secret = key.secret): string[] {
  const timestamp = String(Date.parse(start));
  const sign = createHmac("sha256", secret).update(`${timestamp}${apiKey}5000${query}`).digest("hex");
  const names = ["API-KEY", "TIMESTAMP", "RECV-WINDOW", "SIGN"];
  return names.map((name, at) => `X-BAPI-${name}: ${[apiKey, timestamp, "5000", sign][at] ?? ""}`);
}

const wallet = "accountType=UNIFIED";
const time = "GET /v5/market/time";
const tickers = "GET /v5/market/tickers?category=linear&symbol=BTCUSDT";

/** With the status of the first reply and how many come, so that what is refused on both sides by mistake is seen. */
const cases: Record<string, [text: string, status: number, replies?: number]> = {
  "a route": [last(time), 200],
  "with a query": [last(tickers), 200],
  "a query that is empty": [last(`${time}?`), 200],
  "a query that is no text": [last("GET /v5/market/tickers?category=%E0%A4%A&symbol=%"), 200],
  "parameters that are wrong": [last("GET /v5/market/tickers?category=bonds"), 200],
  "a key twice": [last("GET /v5/market/tickers?category=linear&category=spot&symbol=BTCUSDT"), 200],
  "no route": [last("GET /v5/market/nothing"), 404],
  "a slash too many": [last(`${time}/`), 404],
  "another spelling": [last("GET /V5/Market/Time"), 404],
  "escaped letters": [last("GET /v5/market/ti%6De"), 200],
  "a bad escape": [last("GET /v5/market/ti%6"), 400],
  "an absolute URL": [last("GET http://x/v5/market/time"), 200],
  "a fragment": [last(`${time}#here`), 200],
  "two slashes": [last("GET //"), 404],
  "a star": [last("OPTIONS *"), 404],
  HEAD: [last("HEAD /v5/market/time"), 400],
  "a POST to what is read": [last("POST /v5/market/time", "Content-Length: 2") + "{}", 400],
  "a body": [last(time, "Content-Length: 2") + "{}", 403],
  "a body in chunks": [last(time, "Transfer-Encoding: chunked") + "2\r\n{}\r\n0\r\n\r\n", 403],
  "a length of nothing": [last(time, "Content-Length: 0"), 200],
  "a content type": [last(time, "Content-Type: application/json"), 200],
  "a length that is none": [last(time, "Content-Length: two"), 400],
  "an expectation": [last(time, "Expect: 100-continue"), 100, 2],
  "an upgrade": [last(time, "Upgrade: websocket"), 200],
  "HTTP/1.0": ["GET /v5/market/time HTTP/1.0\r\n\r\n", 200],
  "HTTP/1.0 that stays": ["GET /v5/market/time HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + last(time), 200, 2],
  "three at once": [request(time) + request(tickers) + last("GET /v5/market/nothing"), 200, 3],
  "no key": [last(`GET /v5/account/wallet-balance?${wallet}`), 200],
  "a signature": [last(`GET /v5/account/wallet-balance?${wallet}`, ...signed(key.key, wallet)), 200],
  "a wrong signature": [last(`GET /v5/account/wallet-balance?${wallet}`, ...signed(key.key, wallet, "other")), 200],
  "an unknown key": [last(`GET /v5/account/wallet-balance?${wallet}`, ...signed("nobody", wallet)), 200],
  "a key of another address": [last(`GET /v5/account/wallet-balance?${wallet}`, ...signed("bound", wallet)), 200],
  "more than a user may": [
    Array.from({ length: 60 }, () =>
      request("GET /v5/order/history?category=linear", ...signed(key.key, "category=linear")),
    ).join("") + last(time),
    ...([200, 61] as const),
  ],
  "more than an address may": [Array.from({ length: 602 }, () => request(time)).join("") + last(time), 200, 603],
};

test("a defect of ours: the request fails, and the exchange goes on", async () => {
  for (const { exchange } of sides) {
    vi.spyOn(exchange.state.market, "catchUp").mockImplementation(() => {
      throw new Error("out of order");
    });
  }
  const text = request(tickers) + last(time);
  const [fast, whole] = [await played(sides[0], text), await played(sides[1], text)];
  expect(fast).toBe(whole);
  expect(fast).toMatch(/^HTTP\/1\.1 500 [^]*"retMsg":"Server error. out of order"[^]*HTTP\/1\.1 200 OK/);
  vi.restoreAllMocks();
  expect(recorded(sides[0])).toEqual(recorded(sides[1]));
});

test("a fault that is armed between two requests of a connection meets the second, and is gone for the third", async () => {
  const { exchange } = await open();
  const socket = connect(exchange.port, "127.0.0.1");
  socket.setEncoding("utf8");
  const answer = async (): Promise<string> => {
    socket.write(request(time));
    const [text] = (await once(socket, "data")) as [string];
    return text.slice(9, 12);
  };
  expect(await answer()).toBe("200");
  const rule = exchange.faults.rest.arm({ action: { do: "status", code: 502 }, ttlMs: minutes(600) });
  expect(await answer()).toBe("502");
  rule.disarm();
  expect(await answer()).toBe("200");
  socket.destroy();
  await exchange.close();
});

// The last case is the last of all: from then on the address is refused.
test.each(Object.entries(cases))("%s", async (_name, [text, status, replies = 1]) => {
  const [fast, whole] = [await played(sides[0], text), await played(sides[1], text)];
  expect(fast).toBe(whole);
  const statuses = [...fast.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, code]) => Number(code));
  expect([statuses[0], statuses.length]).toEqual([status, replies]);
  expect(recorded(sides[0])).toEqual(recorded(sides[1]));
});
