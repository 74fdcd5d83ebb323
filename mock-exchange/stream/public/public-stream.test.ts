import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { incidentClock } from "../../../core/clock.ts";
import { Journal } from "../../../core/journal/journal.ts";
import { startExchange, type Exchange } from "../../server.ts";
import { PublicClient, type Json } from "../../testing/public-client.ts";

type Level = [string, string];

let exchange: Exchange;
let journal: Journal;
const clients: PublicClient[] = [];

beforeEach(async () => {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 60 });
  journal = new Journal(clock);
  exchange = await startExchange({ clock, journal, symbols: ["BTCUSDT"], keys: [], marketStepMs: 1_000 });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.ws.terminate();
  await exchange.close();
});

async function connect(category: string, deflate = true): Promise<PublicClient> {
  const client = new PublicClient(`${exchange.publicUrl}/v5/public/${category}`, deflate);
  clients.push(client);
  await once(client.ws, "open");
  return client;
}

const rest = async (path: string): Promise<Json> =>
  ((await (await fetch(`${exchange.restUrl}/v5/market/${path}`)).json()) as { result: Json }).result;

const first = async (category: string, frame: unknown): Promise<string> => {
  const client = await connect(category);
  client.send(frame);
  await client.next(() => true);
  return (client.texts[0] ?? "").replace(/"conn_id":"[a-v0-9]{20}-8f1rr"/, '"conn_id":"ID"');
};

describe("control frames", () => {
  const topic = { spot: "tickers.BTCUSDT", linear: "tickers.BTCUSDT", inverse: "tickers.BTCUSD", option: "nothing.X" };
  test.each([
    ["spot", { op: "ping" }, '{"success":true,"ret_msg":"pong","conn_id":"ID","op":"ping"}'],
    ["spot", { op: "ping", req_id: 7 }, '{"success":true,"ret_msg":"pong","conn_id":"ID","req_id":"7","op":"ping"}'],
    ["linear", { op: "ping" }, '{"success":true,"ret_msg":"pong","conn_id":"ID","req_id":"","op":"ping"}'],
    [
      "spot",
      { op: "subscribe", args: [topic.spot] },
      '{"success":true,"ret_msg":"subscribe","conn_id":"ID","op":"subscribe"}',
    ],
    [
      "linear",
      { op: "subscribe", args: [topic.linear], req_id: "a" },
      '{"success":true,"ret_msg":"","conn_id":"ID","req_id":"a","op":"subscribe"}',
    ],
    [
      "inverse",
      { op: "unsubscribe", args: [topic.inverse] },
      '{"success":true,"ret_msg":"","conn_id":"ID","req_id":"","op":"unsubscribe"}',
    ],
    [
      "option",
      { op: "subscribe", args: [topic.option] },
      '{"success":true,"conn_id":"ID","data":{"failTopics":[],"successTopics":["nothing.X"]},"type":"COMMAND_RESP"}',
    ],
    [
      "spot",
      { op: "subscribe", args: Array(11).fill(topic.spot), req_id: "b" },
      '{"success":false,"ret_msg":"args size \\u003e10","conn_id":"ID","req_id":"b","op":"subscribe"}',
    ],
    [
      "linear",
      { op: "dance" },
      '{"success":false,"ret_msg":"error:invalid op","conn_id":"ID","req_id":"","op":"dance"}',
    ],
    [
      "linear",
      { op: "subscribe", args: ["orderbook.50.btcusdt"] },
      '{"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.btcusdt","conn_id":"ID","req_id":"","op":"subscribe"}',
    ],
    [
      "linear",
      { op: "subscribe", args: ["orderbook.500.BTCUSDT"] },
      '{"success":false,"ret_msg":"error:handler not found,topic:orderbook.500.BTCUSDT","conn_id":"ID","req_id":"","op":"subscribe"}',
    ],
  ])("%s answers %j", async (category, frame, answer) => {
    expect(await first(category, frame)).toBe(answer);
  });

  test("option answers a ping in its own way", async () => {
    expect(await first("option", { op: "ping" })).toMatch(/^\{"args":\["\d{13}"\],"op":"pong"\}$/);
  });

  test("what is no JSON is refused and the socket stays open", async () => {
    const client = await connect("linear");
    client.send("hello");
    expect((await client.next(() => true)).ret_msg).toMatch(
      /^Failed to decode incoming data:readObjectStart: expect \{ or n, but found h/,
    );
    client.send({ op: "ping" });
    await client.next((frame) => frame.ret_msg === "pong");
  });

  test("one unknown topic refuses the whole frame, and a topic cannot be had twice", async () => {
    const client = await connect("linear");
    client.send({ op: "subscribe", args: ["publicTrade.BTCUSDT", "nothing.BTCUSDT"] });
    expect((await client.next(() => true)).success).toBe(false);
    client.send({ op: "subscribe", args: ["tickers.BTCUSDT"], req_id: "1" });
    client.send({ op: "subscribe", args: ["tickers.BTCUSDT"], req_id: "2" });
    expect((await client.next((frame) => frame.req_id === "2")).ret_msg).toBe(
      "error:already subscribed,topic:tickers.BTCUSDT",
    );
    await client.topics("tickers.BTCUSDT", 5);
    expect(client.frames.filter((frame) => frame.topic === "publicTrade.BTCUSDT")).toEqual([]);
  });

  test("more than 21,000 letters of topics are refused", async () => {
    const args = Array.from({ length: 1_100 }, (_, at) => `kline.1.SYMBOLNUMBER${at}`);
    expect(await first("linear", { op: "subscribe", args })).toContain("args length \\u003e21000");
  });

  test("who says nothing for 61 s is cut without a close frame; who once said something is not", async () => {
    const lively = await connect("linear");
    lively.send({ op: "ping" });
    await lively.next(() => true);
    const silent = await connect("linear");
    const [code] = (await once(silent.ws, "close")) as [number];
    expect(code).toBe(1006);
    expect(journal.view().first("exchange.stream-cut")).toMatchObject({ connection: "public-2", why: "idle" });
    lively.send({ op: "ping", req_id: "2" });
    await lively.next(({ req_id }) => req_id === "2");
  });

  test("an unknown path is no stream", async () => {
    const ws = new WebSocket(`${exchange.publicUrl}/v5/public/margin`);
    const [error] = (await once(ws, "error")) as [Error];
    expect(error.message).toContain("404");
  });
});

describe("data", () => {
  test.each([true, false])(
    "a book rebuilt from snapshot and deltas equals the REST book at the same u (deflate %s)",
    async (deflate) => {
      const client = await connect("linear", deflate);
      client.send({ op: "subscribe", args: ["orderbook.1000.BTCUSDT"] });
      await client.topics("orderbook.1000.BTCUSDT", 3);
      const wanted = await rest("orderbook?category=linear&symbol=BTCUSDT&limit=1000");
      const last = wanted.u as number;
      await client.next(
        (frame) => ((frame.data as Json | undefined)?.u as number) >= last && frame.topic !== undefined,
      );
      const sides = { b: new Map<string, string>(), a: new Map<string, string>() };
      let u = 0;
      for (const frame of client.frames) {
        const data = frame.data as { u: number; b: Level[]; a: Level[] } | undefined;
        if (data === undefined || data.u > last) continue;
        expect(frame.type).toBe(u === 0 ? "snapshot" : "delta");
        if (u !== 0) {
          expect(data.u).toBe(u + 1);
          expect(data.a.length + data.b.length).toBeGreaterThan(0);
        }
        u = data.u;
        for (const side of ["b", "a"] as const) {
          for (const [price, size] of data[side]) {
            if (size === "0") expect(sides[side].delete(price)).toBe(true);
            else sides[side].set(price, size);
          }
        }
        const best = Math.max(...[...sides.b.keys()].map(Number));
        expect(best).toBeLessThan(Math.min(...[...sides.a.keys()].map(Number)));
      }
      expect(u).toBe(last);
      const sorted = (side: Map<string, string>, away: 1 | -1): Level[] =>
        [...side].sort(([a], [b]) => away * (Number(a) - Number(b)));
      expect(sorted(sides.b, -1)).toEqual(wanted.b);
      expect(sorted(sides.a, 1)).toEqual(wanted.a);
    },
  );

  test("a closed candle of the stream equals REST and aggregates from the public trades", async () => {
    const client = await connect("linear");
    client.send({ op: "subscribe", args: ["kline.1.SOLUSDT", "publicTrade.SOLUSDT"] });
    type Row = {
      confirm: boolean;
      start: number;
      open: string;
      high: string;
      low: string;
      close: string;
      volume: string;
      turnover: string;
    };
    const rows = (): Row[] =>
      client.frames
        .filter((frame) => frame.topic === "kline.1.SOLUSDT")
        .flatMap((frame) => frame.data as Row[])
        .filter((row) => row.confirm);
    await client.next(() => rows().length >= 2);
    const [, row] = rows();
    if (row === undefined) throw new Error("no closed candle");
    const { list } = (await rest(
      `kline?category=linear&symbol=SOLUSDT&interval=1&start=${row.start}&end=${row.start}`,
    )) as { list: string[][] };
    expect(list[0]?.map(Number)).toEqual(
      [row.start, row.open, row.high, row.low, row.close, row.volume, row.turnover].map(Number),
    );
    type Trade = { T: number; p: string; v: string };
    const trades = client.frames
      .filter((frame) => frame.topic === "publicTrade.SOLUSDT")
      .flatMap((frame) => frame.data as Trade[])
      .filter(({ T }) => T >= row.start && T < row.start + 60_000);
    expect(trades.reduce((sum, { v }) => sum + Number(v), 0)).toBeCloseTo(Number(row.volume), 6);
    expect(Math.max(Number(row.open), ...trades.map(({ p }) => Number(p)))).toBe(Number(row.high));
    expect(Number(trades.at(-1)?.p)).toBe(Number(row.close));
  });

  test("one level is snapshots only, sent again after three seconds with the same u", async () => {
    const client = await connect("linear");
    client.send({ op: "subscribe", args: ["orderbook.1.THINUSDT"] });
    const sent = (): Json[] => client.frames.filter((frame) => frame.topic === "orderbook.1.THINUSDT");
    const numbers = (): number[] => sent().map((frame) => (frame.data as { u: number }).u);
    await client.until(() => new Set(numbers()).size > 1 && numbers().some((u, at, all) => u === all[at - 1]));
    const us = numbers();
    expect(sent().every((frame) => frame.type === "snapshot")).toBe(true);
    expect(us.every((u, at) => at === 0 || u - (us[at - 1] ?? 0) <= 1)).toBe(true);
  });

  test("keys come in the order of the wire", async () => {
    const linear = await connect("linear");
    const spot = await connect("spot");
    linear.send({
      op: "subscribe",
      args: ["orderbook.50.BTCUSDT", "publicTrade.BTCUSDT", "tickers.BTCUSDT", "kline.1.BTCUSDT"],
    });
    spot.send({ op: "subscribe", args: ["orderbook.50.BTCUSDT", "publicTrade.BTCUSDT", "tickers.BTCUSDT"] });
    const keys = async (client: PublicClient, topic: string): Promise<string> =>
      Object.keys((await client.topics(topic, 1))[0] ?? {}).join();
    expect(await keys(linear, "orderbook.50.BTCUSDT")).toBe("topic,type,ts,data,cts");
    expect(await keys(linear, "publicTrade.BTCUSDT")).toBe("topic,type,ts,data");
    expect(await keys(linear, "tickers.BTCUSDT")).toBe("topic,type,data,cs,ts");
    expect(await keys(linear, "kline.1.BTCUSDT")).toBe("topic,data,ts,type");
    expect(await keys(spot, "orderbook.50.BTCUSDT")).toBe("topic,ts,type,data,cts");
    expect(await keys(spot, "tickers.BTCUSDT")).toBe("topic,ts,type,cs,data");
    const [ticker] = await spot.topics("tickers.BTCUSDT", 1);
    expect(ticker?.data).not.toHaveProperty("bid1Price");
    const [trade] = (await spot.topics("publicTrade.BTCUSDT", 1))[0]?.data as Json[];
    expect(trade).not.toHaveProperty("L");
    const deltas = await linear.topics("tickers.BTCUSDT", 3);
    expect(deltas.map((frame) => frame.type)).toEqual(["snapshot", "delta", "delta"]);
  });

  test("the journal records subscriptions, the first data and, at the end, how much there was", async () => {
    const client = await connect("linear");
    client.send({ op: "subscribe", args: ["publicTrade.BTCUSDT"] });
    await client.topics("publicTrade.BTCUSDT", 3);
    const delivered = new Promise<void>((resolve) => {
      journal.subscribe((event) => event.type === "connection.closed" && resolve());
    });
    client.ws.close();
    await delivered;
    const view = journal.view();
    expect(view.first("connection.subscribed")).toMatchObject({ topics: ["publicTrade.BTCUSDT"] });
    expect(view.first("connection.fed")).toMatchObject({ what: "publicTrade.BTCUSDT" });
    const [sent] = view.all("exchange.stream-delivered");
    expect(sent?.frames["publicTrade.BTCUSDT"]).toBeGreaterThanOrEqual(3);
    expect(view.events.length).toBeLessThan(20);
  });
});
