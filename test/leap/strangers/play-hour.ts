/**
 * The one place where these tests use the clock that leaps: starts one, with the mock exchange and a bot on it, and lets
 * the incident get to an hour, or what is played of it. What the bot said until then is looked at; how it ends after SIGTERM is its own business,
 * but for the summary that it prints.
 */

import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createInterface } from "node:readline";
import { startClock, type ClockReport } from "../../../leap/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const bots = fileURLToPath(new URL("bots/", import.meta.url));
const node = process.execPath;

/** How much of the hour is played: all of it, or FIREDRILL_STRANGERS_MINUTES where that is too long. */
export const share = Math.min(1, Number(process.env.FIREDRILL_STRANGERS_MINUTES ?? "60") / 60);
export const playedMs = share * 3_600_000;

type Clock = Awaited<ReturnType<typeof startClock>>;
type Child = ReturnType<Clock["spawn"]>;
type Argv = [program: string, ...args: string[]];

export interface Line {
  from: "stdout" | "stderr";
  text: string;
}

export interface Hour {
  /** Every line of the bot's, up to the end. */
  lines: Line[];
  /** What it counted, from the last line that it printed. */
  summary: Record<string, number>;
  /** Whether it still ran when the hour was over. */
  aliveAtEnd: boolean;
  /** How it ended when it was asked to. */
  exitCode: number | null;
  report: ClockReport;
}

/** Keeps lines as they come; `until` waits for one that fits, and throws where the process ends without it. */
function listen(child: Child): { lines: Line[]; until: (fits: (text: string) => boolean) => Promise<string> } {
  const lines: Line[] = [];
  const heard = new EventTarget();
  const readers = (["stdout", "stderr"] as const).map((from) => {
    const reader = createInterface({ input: child[from] });
    reader.on("line", (text) => {
      lines.push({ from, text });
      heard.dispatchEvent(new Event("line"));
    });
    return once(reader, "close");
  });
  const ended = Promise.all(readers).then(() => {
    throw new Error(`it ended first, having said:\n${lines.map(({ text }) => text).join("\n")}`);
  });
  // Who waits for a line sees this; where nobody waits any more an end is no error.
  ended.catch(() => undefined);
  const until = async (fits: (text: string) => boolean): Promise<string> => {
    for (;;) {
      const found = lines.find(({ text }) => fits(text));
      if (found !== undefined) return found.text;
      await Promise.race([ended, once(heard, "line")]);
    }
  };
  return { lines, until };
}

async function addressesOf(mock: Child): Promise<Record<string, string>> {
  const { lines, until } = listen(mock);
  await until((text) => text.includes("docs/sdks.md"));
  const printed = new Map(lines.map(({ text }) => text.trim().split(/ +/) as [word: string, value: string]));
  const variables = {
    FIREDRILL_EXCHANGE_REST_URL: "REST",
    FIREDRILL_EXCHANGE_PUBLIC_WS_URL: "public",
    FIREDRILL_EXCHANGE_PRIVATE_WS_URL: "private",
    FIREDRILL_EXCHANGE_TRADE_WS_URL: "trade",
    FIREDRILL_API_KEY: "key",
    FIREDRILL_API_SECRET: "secret",
  };
  return Object.fromEntries(Object.entries(variables).map(([name, word]) => [name, printed.get(word) ?? ""]));
}

/** `program` is a file of bots/, played by `interpreter`, which is this Node where none is named. */
export async function playHour(program: string, args: string[] = [], interpreter: string = node): Promise<Hour> {
  await using clock = await startClock({ start: "2025-10-22T00:00:00Z", mode: "leap" });
  const exchange: Argv = [node, "bin/firedrill.js", "mock", "exchange"];
  const mock = clock.spawn(exchange, { cwd: root, env: { ...process.env }, group: "testbed" });
  const env = { ...process.env, ...(await addressesOf(mock)) };
  const bot = clock.spawn([interpreter, `${bots}${program}`, ...args], { cwd: root, env, group: "client" });
  const exited = once(bot, "exit") as Promise<[number | null]>;
  const { lines, until } = listen(bot);

  await Promise.race([clock.until(playedMs), exited]);
  const aliveAtEnd = bot.exitCode === null && bot.signalCode === null;
  const untilThen = [...lines];
  bot.kill("SIGTERM");
  // The hour stopped the clock; some take seconds to end.
  clock.release();
  const [exitCode] = await exited;
  const summary = await until((text) => text.startsWith('{"summary"')).catch(() => '{"summary":{}}');
  return {
    ...(JSON.parse(summary) as Pick<Hour, "summary">),
    lines: untilThen,
    aliveAtEnd,
    exitCode,
    report: await clock.report(),
  };
}

/** How long the burning handler's messages took it, on its own clock and on that of who sent them. */
export async function playBurning(python: string, messages: number): Promise<{ client: number[]; server: number[] }> {
  await using clock = await startClock({ start: "2025-10-22T00:00:00Z", mode: "leap" });
  const env = { ...process.env, FIREDRILL_MESSAGES: String(messages) };
  const server = clock.spawn([node, `${bots}message-server.mjs`], { cwd: root, env, group: "testbed" });
  const serverSaid = listen(server);
  const port = (await serverSaid.until((text) => text.startsWith("listening "))).split(" ")[1] ?? "";
  const client = clock.spawn([python, `${bots}burning_handler.py`], {
    cwd: root,
    env: { ...env, FIREDRILL_MESSAGES_FROM: `127.0.0.1:${port}` },
    group: "client",
  });
  const clientSaid = listen(client);
  clock.release();
  const tookMs = async ({ until }: typeof clientSaid): Promise<number[]> =>
    (JSON.parse(await until((text) => text.startsWith('{"tookMs"'))) as { tookMs: number[] }).tookMs;
  return { client: await tookMs(clientSaid), server: await tookMs(serverSaid) };
}
