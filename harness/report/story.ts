/**
 * The story of a trial for the terminal: what happened, what was lost and how it came back, which orders were refused,
 * and what the client said last. Times are the incident's, local; each line names its place in the journal.
 */

import { lineNumber } from "../../core/journal/place.ts";
import type { JournalView } from "../../core/journal/view.ts";
import { formatDuration } from "../../core/units.ts";
import { formatTime } from "../../core/clock.ts";
import { Evidence } from "../evidence/evidence.ts";
import { spansOf } from "../evidence/losses/recovery.ts";
import { evenly } from "../evidence/timeline/marks.ts";
import { settingOf } from "../runner/judge.ts";
import { columns } from "./columns.ts";
import { pc } from "./colours.ts";
import { narrate } from "./narration.ts";

interface Line {
  at: number;
  what: string;
  line: number;
}

const mostLines = 40;
const mostLogLines = 10;

/** @param log The client's log, all of it. */
export function storyOf(journal: JournalView, log: string): string {
  const started = journal.first("run.started");
  if (started === undefined) return "";
  const evidence = new Evidence(journal, settingOf(started));
  const startMs = Date.parse(started.start);
  const date = (at: number): string => formatTime(startMs + at, { timezone: started.timezone, day: true });
  const zone = formatTime(startMs, { timezone: started.timezone, zone: true }).split(" ").at(-1) ?? "";
  const section = (title: string, lines: readonly Line[]): string[] =>
    lines.length === 0 ? [] : ["", `  ${pc.bold(title)}`, ...table(evenly(lines, mostLines), lines.length, date)];
  return [
    `  ${pc.dim(`Times are the incident's, ${zone} (${started.timezone}); lines are of its journal.ndjson.`)}`,
    ...section("What happened", happenings(evidence)),
    ...section("What was lost, and how it came back", losses(evidence)),
    ...section("Orders that were refused, or whose answer never came", refusedOrders(evidence)),
    ...lastOf(log),
  ].join("\n");
}

function table(lines: readonly Line[], total: number, date: (at: number) => string): string[] {
  const rows = columns(
    lines.map(({ at, what, line }) => [`    ${date(at)}`, `:${line}`, what]),
    "  ",
  );
  const left = total - lines.length;
  return left === 0 ? rows : [...rows, pc.dim(`    ${left} more are in the journal.`)];
}

const happenings = ({ journal }: Evidence): Line[] =>
  journal.events.flatMap((event) => {
    const what = narrate(event);
    return what === undefined ? [] : [{ at: event.at, what, line: lineNumber(event) }];
  });

const losses = (evidence: Evidence): Line[] =>
  evidence.losses().map((loss) => {
    const { detectMs, reconnectMs, blackoutMs } = spansOf(loss);
    const steps = [
      ...(detectMs === null ? [] : [`noticed after ${formatDuration(detectMs)}`]),
      ...(reconnectMs === null ? [] : [`connected again after ${formatDuration(reconnectMs)}`]),
      blackoutMs === null ? "never back" : `back after ${formatDuration(blackoutMs)}`,
    ];
    return { at: loss.at, what: `${loss.what} (${loss.how}): ${steps.join(", ")}`, line: lineNumber(loss.event) };
  });

const refusedOrders = (evidence: Evidence): Line[] =>
  evidence
    .orderWrites()
    .filter(({ retCode, accepted }) => retCode !== 0 || accepted === undefined)
    .map(({ event, sentAt, side, symbol, orderLinkId, answer }) => ({
      at: sentAt,
      what: `${[side, symbol, orderLinkId].filter((part) => part !== "").join(" ")}: ${answer}`,
      line: lineNumber(event),
    }));

function lastOf(log: string): string[] {
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return ["", `  ${pc.dim("The client printed nothing.")}`];
  return ["", `  ${pc.bold("The last lines of its log")}`, ...lines.slice(-mostLogLines).map((line) => `    ${line}`)];
}
