/** `firedrill mock exchange`: what it prints can be used, the same seed gives the same bytes, and it leaves nothing. */

import { createHmac } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { firedrill } from "../support/firedrill.ts";
import { descendants, isAlive, listeningPorts } from "../support/processes.ts";
import { startMock, type MockProcess } from "./support/mock-process.ts";

async function open(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  onTestFinished(() => socket.terminate());
  await once(socket, "open");
  return socket;
}

async function reply(socket: WebSocket, message: object): Promise<unknown> {
  socket.send(JSON.stringify(message));
  const [data] = (await once(socket, "message")) as [Buffer];
  return JSON.parse(data.toString()) as unknown;
}

const hmac = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("hex");

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

test("one --port carries everything; the printed addresses and keys are accepted", async () => {
  const port = await freePort();
  const { printed } = await startMock("--port", String(port));
  const { REST = "", public: market = "", private: account = "", trade = "", key = "", secret = "" } = printed;
  expect([REST, market, account, trade].map((url) => Number(new URL(url).port))).toEqual([port, port, port, port]);

  const stamp = String(Date.now());
  const query = "accountType=UNIFIED";
  const headers = {
    "X-BAPI-API-KEY": key,
    "X-BAPI-TIMESTAMP": stamp,
    "X-BAPI-SIGN": hmac(secret, `${stamp}${key}5000${query}`),
  };
  const balance = await fetch(`${REST}/v5/account/wallet-balance?${query}`, { headers });
  expect(await balance.json()).toMatchObject({ retCode: 0, result: { list: [{ accountType: "UNIFIED" }] } });

  expect(await reply(await open(market), { op: "ping" })).toMatchObject({ ret_msg: "pong" });
  const expires = Date.now() + 5_000;
  const auth = { op: "auth", args: [key, expires, hmac(secret, `GET/realtime${expires}`)] };
  expect(await reply(await open(account), auth)).toMatchObject({ op: "auth", success: true });
  expect(await reply(await open(trade), auth)).toMatchObject({ op: "auth", retCode: 0 });
});

test.each(["SIGINT", "SIGTERM"] as const)("%s with clients connected leaves no process and no port", async (signal) => {
  const { child, done, printed } = await startMock();
  const stream = await open(printed.public ?? "");
  await reply(stream, { op: "subscribe", args: ["orderbook.50.BTCUSDT"] });
  await fetch(`${printed.REST ?? ""}/v5/market/time`);
  const silent = connect(Number(new URL(printed.REST ?? "").port), "127.0.0.1");
  onTestFinished(() => void silent.destroy());
  await once(silent, "connect");

  const family = [child.pid ?? 0, ...(await descendants(child.pid ?? 0))];
  expect(await listeningPorts(family)).toContain(Number(new URL(printed.REST ?? "").port));
  child.kill(signal);
  expect(await done).toMatchObject({ code: 0, signal: null, stderr: "" });
  expect(await Promise.all(family.map(isAlive))).toEqual(family.map(() => false));
  const again = connect(Number(new URL(printed.REST ?? "").port), "127.0.0.1");
  expect(await once(again, "error")).toMatchObject([{ code: "ECONNREFUSED" }]);
});

describe("a user's mistake is one clear message and exit code 64", () => {
  test("a port in use", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const { code, stderr } = await firedrill(["mock", "exchange", "--port", String(port)]);
    expect(stderr).toMatch(new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port}: .*EADDRINUSE.*--port`));
    expect([code, stderr.split("\n").length]).toEqual([64, 2]);
  });

  test.each([
    [["--symbols", "BTCUSTD"], /Unknown symbol "BTCUSTD"\. Did you mean "BTCUSDT"\?/],
    [["--symbols", "ETHUSDT,solusdt"], /Unknown symbol "solusdt"\. Did you mean "SOLUSDT"\?/],
    [["--port", "70000"], /0 to 65535/],
    [["--start", "yesterday"], /cannot start at "yesterday": not an ISO date such as/],
    [["--sed", "1"], /unknown option '--sed'\s+\(Did you mean --seed\?\)/],
  ])("%j", async (args, message) => {
    const { code, stderr } = await firedrill(["mock", "exchange", ...args]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(64);
  });
});

test("a perpetual that the catalogue does not have is listed when it is named", async () => {
  const { printed } = await startMock("--symbols", "BTCUSD,PEPEUSDT");
  const listed = async (symbol: string): Promise<string[]> => {
    const url = `${printed.REST ?? ""}/v5/market/instruments-info?category=linear&symbol=${symbol}`;
    const { result } = (await (await fetch(url)).json()) as { result: { list?: { symbol: string }[] } };
    return (result.list ?? []).map((one) => one.symbol);
  };
  expect(await listed("PEPEUSDT")).toEqual(["PEPEUSDT"]);
  // An inverse contract, listed there already: naming it makes no linear one of the same name.
  expect(await listed("BTCUSD")).toEqual([]);
});

describe("the same seed and the same start", () => {
  const startDate = "2025-10-21T22:52:56Z";
  const topics = ["orderbook.50.BTCUSDT", "publicTrade.BTCUSDT", "tickers.BTCUSDT", "tickers.ETHUSDT"];
  const startMs = Date.parse(startDate);

  interface Recording {
    frames: { ts: number; text: string }[];
    /** Resolves once the stream has got to that moment. */
    reaches: (ts: number) => Promise<void>;
  }

  async function record({ printed }: MockProcess): Promise<Recording> {
    const socket = await open(printed.public ?? "");
    const frames: Recording["frames"] = [];
    socket.on("message", (data: Buffer) => {
      const text = data.toString();
      const ts = /"ts":(\d+)/.exec(text)?.[1];
      if (ts !== undefined) frames.push({ ts: Number(ts), text });
    });
    socket.send(JSON.stringify({ op: "subscribe", args: topics }));
    const reaches = async (ts: number): Promise<void> => {
      while (!((frames.at(-1)?.ts ?? 0) >= ts)) await once(socket, "message");
    };
    // A step is 10 ms: the snapshots of four topics need not be of the same one.
    const begun = (topic: string): boolean => frames.some(({ text }) => text.includes(`"topic":"${topic}"`));
    while (!topics.every(begun)) await once(socket, "message");
    return { frames, reaches };
  }

  /**
   * What all of them saw from the first full second on after the last had its snapshots, in the bytes that came. (The
   * first delta of a topic says what changed since its snapshot, which each process made when it was asked.)
   */
  async function seenByAll(recordings: readonly Recording[]): Promise<string[][]> {
    const snapshots = Math.max(...recordings.map(({ frames }) => frames.at(-1)?.ts ?? Infinity));
    const from = Math.ceil(snapshots / 1_000) * 1_000;
    const to = from + 3_000;
    await Promise.all(recordings.map(({ reaches }) => reaches(to)));
    return recordings.map(({ frames }) => frames.filter(({ ts }) => ts > from && ts < to).map(({ text }) => text));
  }

  const rest = async ({ printed }: MockProcess): Promise<string[]> => {
    const of = "category=linear&symbol=BTCUSDT";
    const queries = [
      `kline?${of}&interval=1&end=${startMs - 60_000}`,
      `kline?category=spot&symbol=ETHUSDT&interval=60&end=${startMs - 3_600_000}`,
      `mark-price-kline?${of}&interval=5&end=${startMs - 300_000}`,
      `funding/history?${of}&endTime=${startMs}`,
      "instruments-info?category=linear",
      "instruments-info?category=option",
    ];
    const texts = await Promise.all(
      queries.map(async (query) => (await fetch(`${printed.REST ?? ""}/v5/market/${query}`)).text()),
    );
    // The envelope ends with the time of the reply, which is the moment somebody asked.
    return texts.map((text) => text.replace(/,"time":\d+\}$/, ""));
  };

  test("are the same bytes from two processes, by REST and by stream; another seed gives others", async () => {
    const start = (seed: string) => startMock("--seed", seed, "--start", startDate);
    const [one, two, other] = await Promise.all([start("7"), start("7"), start("8")]);
    const [a, b, c] = await seenByAll(await Promise.all([one, two, other].map(record)));
    expect(a?.length).toBeGreaterThan(30);
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);

    const [x, y, z] = await Promise.all([one, two, other].map(rest));
    expect(x?.every((text) => text.startsWith('{"retCode":0') && text.length > 500)).toBe(true);
    expect(x).toEqual(y);
    expect(x?.[0]).not.toEqual(z?.[0]);
  });
});
