/**
 * The other side of isolated runs: a process that loads a scenario, plays it, reports, and waits for the next. Where the
 * suite's clock leaps it is on that clock, and so is the proxy engine that it has. See `play-isolated.ts`.
 */

import module from "node:module";
import { pathToFileURL } from "node:url";
import type { JournalEvent } from "../../../core/journal/event.ts";
import type { Reaper } from "../../process/reaper.ts";
import type { Engine } from "../../proxy/engine.ts";
import type { Scenario } from "../../incident/scenario.ts";
import type { FromWorker, PlayStart, ToWorker } from "./messages.ts";

const [, , compileCache = ""] = process.argv;
// Before anything large is loaded.
if (compileCache !== "") module.enableCompileCache(compileCache);
const { wallClock } = await import("../../../core/clock.ts");
const { FiredrillError } = await import("../../../core/errors.ts");
const { ownClock } = await import("../../../leap/index.ts");
const { startEngine } = await import("../../proxy/choose.ts");
const { Interrupted } = await import("../interrupted.ts");
const { play } = await import("../play.ts");

const clock = ownClock();
const send = (message: FromWorker): void => void process.send?.(message, () => undefined);
let aborted = new AbortController();
const guarded = new Map<number, () => void>();
process.on("message", (message: ToWorker) => {
  if (message.say === "abort") aborted.abort(new Interrupted());
  else if (message.say === "guarded") guarded.get(message.id)?.();
  else void run(message.start);
});
// Whoever started us asks us to stop, and when it is gone nobody is there to report to.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
process.once("disconnect", () => process.kill(process.pid, "SIGKILL"));

let guards = 0;
/** Asks the command line's process, which is not on the clock: until it has answered, time stands. */
function ask(leftover: Parameters<Reaper["guard"]>[0]): Promise<() => void> {
  guards += 1;
  const id = guards;
  return new Promise((resolve) => {
    guarded.set(id, () => {
      guarded.delete(id);
      resolve(() => send({ say: "release", id }));
    });
    send({ say: "guard", id, leftover });
  });
}
const reaper: Reaper = {
  guard: (leftover) => (clock === undefined ? ask(leftover) : clock.memory.whileHeld(() => ask(leftover))),
  close: () => Promise.resolve(),
};

/** The engine of this process, where it has one. */
let own: Promise<Engine> | undefined;
const ownEngine = (seed: string): Promise<Engine> => (own ??= startEngine("embedded", { seed, reaper }));

/**
 * For how long events are gathered: sent one by one they would wake the other process hundreds of times a second. On a
 * clock that leaps a moment of it costs little, and each stop something.
 */
const gatherMs = clock === undefined ? 20 : 2_000;

/** Thousands in a run, which nobody watching reads: they stay in the journal. */
const onlyJournaled: ReadonlySet<string> = new Set([
  "client.telemetry",
  "exchange.stream-request",
  "exchange.topic-fed",
  "exchange.book",
]);

async function run(start: PlayStart): Promise<void> {
  aborted = new AbortController();
  const { signal } = aborted;
  let gathered: JournalEvent[] = [];
  let startMs = 0;
  const flush = (): void => {
    if (gathered.length > 0) send({ say: "events", events: gathered, startMs });
    gathered = [];
  };
  try {
    const { default: scenario } = (await import(pathToFileURL(start.scenarioFile).href)) as { default: Scenario };
    const engine = start.engine ?? (await ownEngine(start.seed));
    const results = await play({
      ...start,
      scenario,
      engine: { ...engine, stop: () => Promise.resolve() },
      reaper,
      signal,
      onPlayed: (played) => send({ say: "played", results: [...played] }),
      onEvent(event, runStartMs) {
        startMs = runStartMs;
        if (onlyJournaled.has(event.type)) return;
        if (gathered.length === 0) wallClock.after(gatherMs, flush);
        gathered.push(event);
      },
    });
    flush();
    send({ say: "result", results });
  } catch (error) {
    flush();
    if (error instanceof FiredrillError) send({ say: "error", message: error.message, exitCode: error.exitCode });
    else if (error instanceof Error) send({ say: "error", message: error.message, stack: error.stack ?? "" });
    else send({ say: "error", message: String(error) });
  }
}
