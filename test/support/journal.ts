/**
 * Hand-written journals for tests of checks: a line an event, with the time of day as the incident has it. A test
 * says only what matters to it; the rest is filled in.
 */

import { journalVersion } from "../../core/journal/damage.ts";
import type { EventMap, EventType, JournalEvent } from "../../core/journal/event.ts";
import { JournalView } from "../../core/journal/view.ts";
import { formatTime } from "../../core/clock.ts";
import type { Setting } from "../../harness/incident/check.ts";

/** The night of 22 October, in UTC; midnight is passed by going on to 24:00. */
const day = "2025-10-21T00:00:00Z";
const start = "2025-10-21T22:00:00Z";
const startMs = Date.parse(start);

/** Incident ms of a time of day, `23:05` or `23:05:12.5`. */
export function at(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
  return Date.parse(day) + (hours * 3_600 + minutes * 60 + seconds) * 1_000 - startMs;
}

export type Line = { [K in EventType]: { at: number; type: K; data: EventMap[K] } }[EventType];

/** Lines in any nesting. */
export type Lines = Line | readonly Lines[];

export const line = <K extends EventType>(time: string, type: K, data: EventMap[K]): Line =>
  ({ at: at(time), type, data }) as unknown as Line;

/** The landing of a fault that names no line is its own proof. */
const ownLine = -1;

/** The lines in order of time; those of one moment in the order they are written. */
export function journalOf(...lines: Lines[]): JournalView {
  const sorted = flat(lines).toSorted((a, b) => a.at - b.at);
  return new JournalView(
    sorted.map(({ at: moment, type, data }, seq) => {
      const proof = "proof" in data && data.proof === ownLine ? { proof: seq } : {};
      return { seq, at: moment, type, ...data, ...proof } as unknown as JournalEvent;
    }),
  );
}

const flat = (lines: Lines): Line[] => ("type" in lines ? [lines] : lines.flatMap(flat));

/** As `harness/runner/judge` makes it from `run.started`. */
export const setting: Setting = {
  client: "reference",
  startMs,
  compression: 300,
  time: "preload",
  timezone: "Asia/Dubai",
  symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT"],
  date: (atMs) => formatTime(startMs + atMs, { timezone: "Asia/Dubai", day: true, zone: true }),
};

export const runStarted = (more: Partial<EventMap["run.started"]> = {}): Line =>
  line("22:00", "run.started", {
    version: journalVersion,
    scenario: "night",
    client: setting.client,
    roles: ["signals", "trading"],
    seed: "1",
    start,
    compression: setting.compression,
    timezone: setting.timezone,
    symbols: setting.symbols,
    proxy: "embedded",
    time: setting.time,
    ...more,
  });

export const clientStarted = (time: string): Line =>
  line(time, "client.started", { pid: 1, command: "node client", time: "preload" });

/** A stop by the operator, and the exit that follows. */
export const stopped = (time: string, by: "operator" | "end-of-run" = "operator"): Line[] => [
  line(time, "client.stopping", { signal: "SIGINT", by }),
  line(time, "client.exited", { pid: 1, code: 0, signal: null, expected: true }),
];

export const crashed = (time: string, code = 1): Line =>
  line(time, "client.exited", { pid: 1, code, signal: null, expected: false });

export const opened = (time: string, connection: string, endpoint = "signal"): Line =>
  line(time, "connection.opened", { endpoint, connection });

export const authenticated = (time: string, connection: string, endpoint = "signal"): Line =>
  line(time, "connection.authenticated", { endpoint, connection });

export const closed = (
  time: string,
  connection: string,
  { by = "server", code = 1000, endpoint = "signal" }: Partial<EventMap["connection.closed"]> = {},
): Line => line(time, "connection.closed", { endpoint, connection, by, code, reason: "" });

export const fed = (time: string, connection: string): Line =>
  line(time, "connection.fed", { endpoint: "signal", connection, what: "initial-batch" });

export interface FaultTimes {
  from: string;
  to?: string;
  /** When it hit; undefined for a fault that never landed. */
  landed?: string;
  /** The line that proves it; default the landing's own. */
  proof?: number;
  /** What it left in the testbed. */
  rules?: readonly string[];
  toxics?: readonly string[];
}

export const fault = (
  id: string,
  { from, to, landed, proof = ownLine, rules = [], toxics = [] }: FaultTimes,
): Line[] => {
  const name = "server.signal-close-on-request";
  return [
    line(from, "fault.armed", { fault: id, name, endpoint: "signal", awaits: "a request", rules, toxics }),
    ...(landed === undefined
      ? []
      : [line(landed, "fault.landed", { fault: id, name, proof, evidence: "it was closed with 1000" })]),
    ...(to === undefined ? [] : [line(to, "fault.healed", { fault: id, name, by: "scenario" })]),
  ];
};

type Side = "Buy" | "Sell";

/** The id that the signal server gives to a signal of a wave. */
export const signalId = (wave: string, symbol: string): string => `20251021T${wave.replace(":", "")}-${symbol}`;

/** A signal of the wave of that time of day; it appears 16 minutes later. */
export function signal(
  wave: string,
  symbol = "BTCUSDT",
  { exchange = "bybit", side = "Buy" }: { exchange?: string; side?: Side } = {},
): Line {
  const waveMs = startMs + at(wave);
  const appears = { at: at(wave) + 16 * 60_000 };
  const data = {
    signal: {
      id: signalId(wave, symbol),
      symbol,
      side,
      timestamp: new Date(waveMs).toISOString(),
      score: 0.7,
      exchange,
    },
  };
  return { ...line("22:00", "signal.appeared", data), ...appears };
}

export function order(time: string, linkId: string, symbol = "BTCUSDT", side: Side = "Buy"): Line {
  return line(time, "exchange.order", {
    orderId: `order-${linkId}-${time}`,
    orderLinkId: linkId,
    category: "linear",
    symbol,
    side,
    orderType: "Market",
    qty: "1",
  });
}

/** The order that a good client places for a signal. */
export const orderFor = (time: string, wave: string, symbol = "BTCUSDT"): Line =>
  order(time, signalId(wave, symbol), symbol);
