/**
 * What a journal says, each thing computed once: what a check is given. Every answer is computed in a file of its own
 * beside this one, which says what its words mean; `docs/checks.md` lists them for whoever writes a check.
 */

import type { EventType, JournalEvent } from "../../core/journal/event.ts";
import type { JournalView } from "../../core/journal/view.ts";
import type { Setting } from "../incident/check.ts";
import { booksOf } from "./account.ts";
import { alertAttemptsOf, takenAlertsOf } from "./alerts.ts";
import { failedPolls } from "./attempts.ts";
import { reportedBooks } from "./books.ts";
import { clientEndMs, crashFrom, exitText, goneIn, hadToRun, stopsOf, type Exit } from "./client.ts";
import { attemptsOf, dialsOf } from "./dials.ts";
import { faultsOf, frameHitsOf, hitsOf, troublesOf, type FaultSpan } from "./faults.ts";
import { lossesOf } from "./losses/recovery.ts";
import { memorySamples } from "./memory.ts";
import { orderChangesOf } from "./orders/order-changes.ts";
import { orderWritesOf } from "./orders/order-writes.ts";
import { operationsOf, polledOf, valueGapsOf } from "./polls.ts";
import { refusalsOf } from "./refusals.ts";
import { requestsOf } from "./requests.ts";
import { restAtOnce, restOpened } from "./rest-connections.ts";
import { killingsOf, livesOf } from "./runners.ts";
import { streamsOf } from "./streams.ts";
import { mistakeIn, reportsOf, type Report, type TelemetryKind } from "./telemetry.ts";
import { tolerancesOf, type Tolerances } from "./tolerances.ts";
import { topicsOf } from "./topics.ts";
import { waveOrders } from "./waves.ts";

export class Evidence {
  readonly journal: JournalView;
  readonly setting: Setting;
  readonly tolerances: Tolerances;

  constructor(journal: JournalView, setting: Setting) {
    this.journal = journal;
    this.setting = setting;
    this.tolerances = tolerancesOf(setting);
  }

  /** When a trial began: what was before it is not held against the client in it. */
  readonly startMs = (): number => this.journal.first("trial.started")?.at ?? -Infinity;
  /** The last moment of the client's own doing: nothing after it is held against the client. */
  readonly endMs = (): number => clientEndMs(this.journal);
  readonly date = (atMs: number): string => this.setting.date(atMs);
  all<T extends EventType>(...types: T[]): JournalEvent<T>[] {
    return this.journal.all(...types);
  }

  readonly faults = (endpoint?: string): FaultSpan[] =>
    faultsOf(this.journal).filter((fault) => endpoint === undefined || fault.endpoint === endpoint);
  readonly troubles = () => troublesOf(this.journal);
  readonly hits = (endpoint: string, action?: string) =>
    hitsOf(this.journal, endpoint).filter((hit) => action === undefined || hit.action === action);
  readonly frameHits = (endpoint: string) => frameHitsOf(this.journal, endpoint);
  readonly losses = () => lossesOf(this.journal, this.tolerances);

  readonly streams = (endpoint: string) => streamsOf(this.journal, endpoint);
  readonly topics = (endpoint: string) => topicsOf(this.journal, endpoint);
  readonly dials = (endpoint: string) => dialsOf(this.journal, endpoint);
  readonly attempts = (endpoint: string) => attemptsOf(this.journal, endpoint);

  readonly requests = () => requestsOf(this.journal);
  readonly operations = () => operationsOf(this.journal);
  readonly polled = () => polledOf(this.journal);
  readonly valueGaps = () => valueGapsOf(this.journal);
  readonly failedPolls = (allowed: number) => failedPolls(this.journal, allowed);
  readonly refusals = () => refusalsOf(this.journal);
  readonly restOpened = () => restOpened(this.journal);
  readonly restAtOnce = (atMost: number) => restAtOnce(this.journal, atMost, this.tolerances.crossingMs);

  readonly crash = (sinceMs?: number): Exit | undefined => crashFrom(this.journal, sinceMs);
  readonly goneIn = (fromMs: number, toMs: number): Exit | undefined => goneIn(this.journal, fromMs, toMs);
  readonly exitText = (exit: Exit): string => exitText(exit, this.date);
  readonly hadToRun = (fromMs: number, untilMs: number) => hadToRun(this.journal, fromMs, untilMs);
  readonly stops = () => stopsOf(this.journal);
  readonly runners = (child: string) => livesOf(this.journal, child);
  readonly killings = (child: string) => killingsOf(this.journal, child);
  readonly memory = () => memorySamples(this.journal);

  readonly alertAttempts = () => alertAttemptsOf(this.journal);
  readonly takenAlerts = () => takenAlertsOf(this.journal);

  readonly account = () => booksOf(this.journal);
  readonly orderWrites = () => orderWritesOf(this.journal);
  readonly orderChanges = () => orderChangesOf(this.journal);
  readonly waves = () => waveOrders(this.journal, this.setting);

  reports<K extends TelemetryKind>(kind: K): Report<K>[] {
    return reportsOf(this.journal, kind);
  }
  readonly mistake = (kind: TelemetryKind): string | undefined => mistakeIn(this.journal, kind);
  readonly reportedBooks = () => reportedBooks(this.journal);
}
