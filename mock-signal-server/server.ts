/**
 * The signal feed of report B on a real socket: accepts clients, lets signals appear as incident time passes, and goes
 * down and comes back on demand. What happens on a connection is in `session.ts`, which signals exist in `signal.ts`.
 */

import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import type { Clock, Timer } from "../core/clock.ts";
import { FiredrillError, messageOf } from "../core/errors.ts";
import type { JournalSink } from "../core/journal/event.ts";
import type { Random } from "../core/random.ts";
import { cannotListen } from "../mock-kit/cannot-listen.ts";
import { SignalRules } from "./faults.ts";
import { Session } from "./session.ts";
import { minutes } from "../core/units.ts";
import { bufferAt, signalsOfWave, waveIntervalMs, waveOf, type Signal, type WaveOverride } from "./signal.ts";

export interface SignalServerOptions {
  clock: Clock;
  journal: JournalSink;
  random: Random;
  symbols: readonly string[];
  token: string;
  /** 0 takes a free port. */
  port?: number;
  /** How many signals the initial batch holds. */
  bufferSize?: number;
  waves?: Readonly<Record<string, WaveOverride>>;
}

export interface SignalServer {
  readonly port: number;
  readonly url: string;
  readonly rules: SignalRules;
  /** Cuts every client off and stops listening: a dial is refused. Comes back by itself after the time to live. */
  down(ttlMs: number): Promise<void>;
  /** Listens again, on the same port. */
  up(): Promise<void>;
  close(): Promise<void>;
}

interface Listener {
  http: Server;
  streams: WebSocketServer;
}

const host = "127.0.0.1";

export async function startSignalServer(options: SignalServerOptions): Promise<SignalServer> {
  const { clock, journal } = options;
  if (options.symbols.length === 0) {
    throw new FiredrillError(
      "The signal server needs at least one symbol: its waves are about symbols. Give --symbols.",
    );
  }
  const waves = { random: options.random, symbols: options.symbols, overrides: options.waves ?? {} };
  const rules = new SignalRules(clock, journal);
  const sessions = new Set<Session>();
  /** Signals that a rule keeps from appearing. */
  const held = new Set<string>();
  const context = {
    clock,
    journal,
    rules,
    token: options.token,
    buffer: () => bufferAt(clock.now(), options.bufferSize ?? 291, waves).filter(({ id }) => !held.has(id)),
    connections: () => sessions.size,
  };

  let dialled = 0;
  let listener: Listener | undefined;
  let revival: Timer | undefined;
  let port = options.port ?? 0;

  const listen = async (): Promise<void> => {
    const http = createServer((_request, response) => void response.writeHead(426).end());
    const streams = new WebSocketServer({ server: http });
    streams.on("connection", (socket, { socket: raw }) => {
      dialled += 1;
      const session = new Session(`signal-${dialled}`, socket, raw, context);
      sessions.add(session);
      socket.on("close", () => sessions.delete(session));
    });
    try {
      http.listen(port, host);
      await once(streams, "listening");
    } catch (error) {
      throw cannotListen("signal server", `${host}:${port}`, error);
    }
    port = (http.address() as AddressInfo).port;
    listener = { http, streams };
  };

  const silence = async (): Promise<void> => {
    revival?.cancel();
    if (listener === undefined) return;
    const { http, streams } = listener;
    listener = undefined;
    const closed = [once(http, "close"), once(streams, "close")];
    streams.close();
    http.close();
    for (const session of sessions) session.drop();
    // A dial that has not finished its upgrade belongs to no session, and would be waited for.
    http.closeAllConnections();
    await Promise.all(closed);
  };

  const up = async (): Promise<void> => {
    revival?.cancel();
    if (listener !== undefined) return;
    await listen();
    journal.write("signal.listening", { state: "up" });
  };

  await listen();
  const publish = (signal: Signal): void => {
    held.delete(signal.id);
    journal.write("signal.appeared", { signal });
    for (const session of sessions) session.push(signal);
  };
  const late = new Set<Timer>();
  const appearances = appear(clock, waves, (signal) => {
    const action = rules.decide({ on: "signal", connection: "every", describe: `the signal ${signal.id}` });
    const waitMs = action?.do === "hold" ? checkOf(signal) + action.afterCheckMs - clock.now() : 0;
    if (waitMs <= 0) publish(signal);
    else {
      held.add(signal.id);
      late.add(clock.after(waitMs, () => publish(signal)));
    }
  });
  return {
    port,
    url: `ws://${host}:${port}`,
    rules,
    up,
    async down(ttlMs) {
      await silence();
      journal.write("signal.listening", { state: "down" });
      revival = clock.after(ttlMs, () => {
        up().catch((error: unknown) => journal.write("note", { text: `did not come back: ${messageOf(error)}` }));
      });
    },
    async close() {
      appearances.cancel();
      late.forEach((timer) => timer.cancel());
      rules.clear();
      await silence();
    },
  };
}

/** When a client looks for a signal, epoch ms: 20 min after its wave (report B, H3). */
const checkOf = ({ timestamp }: Signal): number => Date.parse(timestamp) + minutes(20);

/** Calls back at the moment each signal appears, wave after wave. */
function appear(clock: Clock, waves: Parameters<typeof signalsOfWave>[1], callback: (signal: Signal) => void): Timer {
  const timers = new Set<Timer>();
  const schedule = (waveMs: number): void => {
    for (const { atMs, signal } of signalsOfWave(waveMs, waves)) {
      // A signal of an open wave that is there already counts as appearing now: it is in the buffer from the start.
      timers.add(clock.after(Math.max(atMs - clock.now(), 0), () => callback(signal)));
    }
  };
  // The wave of 15 minutes ago is the one whose signals may be appearing right now.
  let next = waveOf(clock.now()) - waveIntervalMs;
  const advance = (): void => {
    for (; next <= waveOf(clock.now()); next += waveIntervalMs) schedule(next);
  };
  advance();
  timers.add(clock.every(waveIntervalMs / 3, advance));
  return { cancel: () => timers.forEach((timer) => timer.cancel()) };
}
