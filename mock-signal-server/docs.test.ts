/** What `docs/signals.md` says of the feed is what the feed does. */

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import WebSocket from "ws";
import { incidentClock } from "../core/clock.ts";
import { Journal } from "../core/journal/journal.ts";
import { random } from "../core/random.ts";
import { minutes } from "../core/units.ts";
import { startSignalServer, type SignalServer } from "./server.ts";
import { signalsOfWave, type Signal } from "./signal.ts";

const doc = await readFile(new URL("../docs/signals.md", import.meta.url), "utf8");
const token = "right-token";
const symbols = "BTC ETH SOL XRP DOGE ADA AVAX LINK DOT LTC".split(" ").map((coin) => `${coin}USDT`);

let server: SignalServer;
let socket: WebSocket;
let frames: Record<string, unknown>[];
beforeEach(async () => {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 1 });
  server = await startSignalServer({ clock, journal: new Journal(clock), random: random("docs"), symbols, token });
  socket = new WebSocket(server.url);
  frames = [];
  socket.on("message", (data: Buffer) => frames.push(JSON.parse(data.toString("utf8")) as Record<string, unknown>));
  await once(socket, "open");
});
afterEach(async () => {
  socket.terminate();
  await server.close();
});

/** Sends a frame as the document has it, and waits for so many answers. */
async function ask(text: string, answers = 1): Promise<Record<string, unknown>[]> {
  frames.splice(0);
  socket.send(text);
  await expect.poll(() => frames.length).toBeGreaterThanOrEqual(answers);
  return frames;
}

/** The frames of the table: what is sent, and the types of the first answers to it. */
const rows = [...doc.matchAll(/^\| `(\{"type":"\w+".*?\})` \| (.*) \|$/gm)].map(([, sent = "", answers = ""]) => ({
  sent: sent.replace("…", token),
  types: [...answers.matchAll(/\{"type":"(\w+)"/g)].map(([, type]) => type),
}));

test("each request of the table is answered as it says", async () => {
  expect(rows.map(({ sent }) => (JSON.parse(sent) as { type: string }).type)).toEqual([
    "auth",
    "get_signals",
    "get_stats",
    "ping",
  ]);
  for (const { sent, types } of rows) {
    const expected = types.filter((type) => type !== "auth_failed");
    expect((await ask(sent, expected.length)).map(({ type }) => type)).toEqual(expected);
  }
});

test("the first batch has the number that it says, a signal its fields, the statistics theirs", async () => {
  const [, batch] = await ask(`{"type":"auth","token":"${token}"}`, 2);
  const said = Number(/old news\*\*: (\d+) signals/.exec(doc)?.[1]);
  const data = batch?.data as Signal[];
  expect(data).toHaveLength(said);
  const shown = JSON.parse(/```json\n(.*?)```/s.exec(doc)?.[1] ?? "") as Signal;
  expect(Object.keys(data[0] ?? {})).toEqual(Object.keys(shown));
  expect(data.map(({ id }) => id.replace(/[A-Z]+$/, ""))).toContain(
    shown.id.replace(/[A-Z]+$/, "").replace("2245", "2230"),
  );
  const [stats] = await ask('{"type":"get_stats"}');
  const shownStats = JSON.parse(/`(\{"type":"stats".*?\}\})`/.exec(doc)?.[1] ?? "") as { data: object };
  expect(Object.keys(stats?.data as object)).toEqual(Object.keys(shownStats.data));
});

test("a wrong token is refused and closed with 4001, and what is wrong gets an error", async () => {
  expect(await ask("nonsense")).toMatchObject([{ type: "error" }]);
  const closed = once(socket, "close");
  expect(await ask('{"type":"auth","token":"wrong"}')).toMatchObject([{ type: "auth_failed" }]);
  expect((await closed)[0]).toBe(4001);
});

test("waves are as large, and appear as late, as it says", () => {
  const [few, many] = /(\d+) to (\d+) signals for each/.exec(doc)?.slice(1).map(Number) ?? [];
  const [from, to] = /from (\d+) to (\d+) minutes after/.exec(doc)?.slice(1).map(Number) ?? [];
  const start = Date.parse("2025-10-21T00:00:00Z");
  for (let n = 0; n < 96; n += 1) {
    const waveMs = start + n * minutes(15);
    const signals = signalsOfWave(waveMs, { random: random("docs"), symbols });
    expect(signals.length).toBeGreaterThanOrEqual(few ?? Infinity);
    expect(signals.length).toBeLessThanOrEqual(many ?? 0);
    for (const { atMs } of signals) {
      expect(atMs).toBeGreaterThanOrEqual(waveMs + minutes(from ?? Infinity));
      expect(atMs).toBeLessThanOrEqual(waveMs + minutes(to ?? 0));
    }
  }
});
