/**
 * Keeps exactly one runner: notices its end by itself and by a check every five seconds, says how it ended, and starts
 * another with backoff; one from which nothing comes any more is ended first. All of it is one loop, so there is no
 * moment at which a second runner could be started.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { telemetry } from "../../telemetry.ts";
import { exponentialBackoff, type Backoff } from "../backoff.ts";
import { log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import type { Warnings } from "../warnings.ts";
import { EventQueue } from "./event-queue.ts";
import { parseEvent, type MarketEvent } from "./events.ts";
import { endText, SubprocessRunner, type Runner, type RunnerEnd } from "./runner.ts";
import { RunnerRequests } from "./requests.ts";

export interface Connector {
  /** Until it is stopped; when this resolves no runner is left. */
  run(signal: AbortSignal): Promise<void>;
}

export interface ConnectorOptions {
  url: string;
  symbols: readonly string[];
  warnings: Warnings;
  onEvent: (event: MarketEvent) => void;
}

const telemetryLine = '{"firedrill":';
const healthCheckMs = 5_000;
const healthLineMs = 60_000;
const staleMs = 60_000;
/** A new runner has to connect before silence says anything of it. */
const graceMs = 30_000;
const backoffOptions = { firstMs: 500, capMs: 30_000, stableMs: 60_000 };

export class SupervisedConnector implements Connector {
  protected readonly options: ConnectorOptions;
  protected requests: RunnerRequests;
  protected readonly backoff: Backoff = exponentialBackoff(backoffOptions);
  readonly #queue: EventQueue<string>;
  #startedAt = 0;
  #lastEventAt = 0;
  #runner: Runner | undefined;

  constructor(options: ConnectorOptions) {
    this.options = options;
    this.requests = new RunnerRequests(options.symbols);
    this.#queue = new EventQueue(
      (line) => this.#handle(line),
      (error) => options.warnings.warn("bad event", `bad event: ${messageOf(error)}`),
    );
  }

  async run(signal: AbortSignal): Promise<void> {
    const healthLine = setInterval(() => this.#sayHealth(), healthLineMs);
    while (!signal.aborted) {
      const runner = this.#start();
      const why = await this.#untilOver(runner, signal);
      const lastedMs = Date.now() - this.#startedAt;
      if (why !== undefined) log(`connector ${runner.pid}: ${why}`);
      await this.endRunner(runner);
      await this.beforeNext(lastedMs, signal);
    }
    clearInterval(healthLine);
  }

  protected startRunner(onLine: (line: string) => void): Runner {
    return new SubprocessRunner({ url: this.options.url, onLine });
  }

  /** The runner has ended, or has to. Whatever the case, it is gone afterwards. */
  protected async endRunner(runner: Runner): Promise<void> {
    this.logEnd(runner, await runner.stop());
  }

  protected logEnd(runner: Runner, end: RunnerEnd): void {
    log(`connector ${runner.pid} ended with ${endText(end)}`);
  }

  /** What comes before the next runner: a wait, longer each time in a crash loop; and the flags of the last one go. */
  protected async beforeNext(lastedMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.requests.reset();
    this.backoff.lasted(lastedMs);
    const waitMs = this.backoff.next();
    log(`the next connector starts in ${Math.round(waitMs)} ms`);
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }

  #start(): Runner {
    const runner = this.startRunner((line) => {
      // What the runner reports of its connection goes on to whoever listens to us.
      if (line.startsWith(telemetryLine)) console.log(line);
      else this.#queue.push(line);
    });
    this.#runner = runner;
    this.#startedAt = this.#lastEventAt = Date.now();
    log(`connector ${runner.pid} started`);
    telemetry("connector", { state: "STARTED", pid: runner.pid });
    this.requests.ask(runner);
    return runner;
  }

  /** @returns Why this runner is over: it ended, it is stale, or (undefined) we are asked to stop. */
  async #untilOver(runner: Runner, signal: AbortSignal): Promise<string | undefined> {
    const over = new AbortController();
    const ended = runner.ended.then(() => "it is gone");
    const stopped = new Promise<undefined>((resolve) => {
      if (signal.aborted) resolve(undefined);
      signal.addEventListener("abort", () => resolve(undefined), { signal: over.signal });
    });
    let check: NodeJS.Timeout | undefined;
    const unhealthy = new Promise<string>((resolve) => {
      check = setInterval(() => {
        const ill = this.illness(runner);
        if (ill !== undefined) resolve(ill);
      }, healthCheckMs);
    });
    const why = await Promise.race([ended, unhealthy, stopped]);
    clearInterval(check);
    over.abort();
    return why;
  }

  /** Why this runner has to be replaced, at a health check. */
  protected illness(runner: Runner): string | undefined {
    return runner.alive ? this.staleness() : "it is gone";
  }

  protected staleness(): string | undefined {
    const now = Date.now();
    const silentMs = now - this.#lastEventAt;
    if (now - this.#startedAt < graceMs || silentMs < staleMs) return undefined;
    return `stale: no event for ${Math.round(silentMs / 1_000)} s`;
  }

  #handle(line: string): void {
    const event = parseEvent(line);
    this.#lastEventAt = Date.now();
    this.options.onEvent(event);
  }

  /** `connector: alive, queue 0, 0 errors, 0.3 s since the last event`. */
  #sayHealth(): void {
    const alive = this.#runner?.alive === true;
    const { size, errors, dropped } = this.#queue.state;
    const sinceS = (Date.now() - this.#lastEventAt) / 1_000;
    log(
      `connector: ${alive ? "alive" : "not running"}, queue ${size}, ${errors} errors, ${sinceS.toFixed(1)} s since the last event`,
    );
    telemetry("connector-health", { alive, queue: size, errors, dropped, secondsSinceLastEvent: sinceS });
  }
}
