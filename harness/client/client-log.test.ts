import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { ClientLog } from "./client-log.ts";

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "firedrill-log-"))));
afterEach(() => rm(folder, { recursive: true }));

/** Follows one stream to its end and says what became of it. */
async function follow(chunks: readonly (string | Buffer)[], name: "out" | "err" = "out") {
  const clock = incidentClock({ start: "2025-10-21T22:52:56Z", compression: 60 });
  const journal = new Journal(clock);
  const path = join(folder, "client.log");
  const log = new ClientLog(clock, journal, path);
  const stream = new PassThrough();
  log.follow(stream, name);
  for (const chunk of chunks) stream.write(chunk);
  const ended = new Promise((resolve) => stream.on("end", resolve));
  stream.end();
  await ended;
  await log.close();
  const lines = (await readFile(path, "utf8")).split("\n").slice(0, -1);
  return {
    lines,
    texts: lines.map((line) => line.replace(/^\S+ (out|err) /, "")),
    telemetry: journal
      .view()
      .all("client.telemetry")
      .map(({ event, data }) => ({ event, data })),
    last: log.lastWords()?.text,
  };
}

test("every line is kept with its incident time and stream", async () => {
  const { lines } = await follow(["one\ntwo\n"], "err");
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^2025-10-21T22:5\d:\d\d\.\d{3}\+00:00 err one$/);
});

test("a line that comes in pieces is one line, across characters too", async () => {
  const text = Buffer.from("größe\n");
  const { texts } = await follow([text.subarray(0, 3), text.subarray(3, 5), text.subarray(5)]);
  expect(texts).toEqual(["größe"]);
});

test("a last line without an end is kept", async () => {
  const { texts, last } = await follow(["one\nwithout an end"]);
  expect(texts).toEqual(["one", "without an end"]);
  expect(last).toBe("without an end");
});

test("a telemetry line goes to the journal and is no last word", async () => {
  const { telemetry, last, texts } = await follow([
    "hello\n",
    '{"firedrill":"state","endpoint":"signal","state":"DISCONNECTED"}\n{"firedrill": "wave"}\r\n',
  ]);
  expect(telemetry).toEqual([
    { event: "state", data: { endpoint: "signal", state: "DISCONNECTED" } },
    { event: "wave", data: {} },
  ]);
  expect(last).toBe("hello");
  expect(texts).toHaveLength(3);
});

test.each([
  ["is cut off", '{"firedrill":"state","endp'],
  ["names no event", '{"firedrill":7}'],
  ["does not begin the line", ' {"firedrill":"state"}'],
])("a telemetry line that %s is log only", async (_what, text) => {
  const { telemetry, texts } = await follow([`${text}\n`]);
  expect(telemetry).toEqual([]);
  expect(texts).toEqual([text]);
});

test("what looks like telemetry on stderr is log", async () => {
  expect((await follow(['{"firedrill":"state"}\n'], "err")).telemetry).toEqual([]);
});

test("a line without end is bounded, and the next one is whole", async () => {
  const { texts } = await follow([
    ...Array.from({ length: 40 }, () => "x".repeat(8 * 1_024)),
    "\nnext\n",
    "y".repeat(200_000),
  ]);
  const surplus = 40 * 8 * 1_024 + 200_000 - 2 * 64 * 1_024;
  expect(texts.map(({ length }) => length).slice(0, 3)).toEqual([64 * 1_024, 4, 64 * 1_024]);
  expect(texts.slice(1)).toEqual(["next", "y".repeat(64 * 1_024), expect.stringContaining(` ${surplus} bytes,`)]);
});

test("without a word there is no last one", async () => {
  expect((await follow(["\n  \n"])).last).toBeUndefined();
});

test("the log can be read by its owner alone", async () => {
  await follow(["secret\n"]);
  expect((await stat(join(folder, "client.log"))).mode & 0o777).toBe(0o600);
});
