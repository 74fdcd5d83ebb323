/**
 * Alerts on their way: one message as an incident begins and one when it is over. What cannot be delivered is kept as the
 * latest state of its incident and comes as one summary once the webhook answers again. Nothing here is ever waited for:
 * an alert path that hangs delays no order and no heartbeat.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { log } from "../log.ts";
import { messageOf } from "../message-of.ts";
import type { AlertBreaker } from "./breaker.ts";
import type { Incident } from "./incidents.ts";
import { listed, messageWith, type AlertMessage, type Field } from "./payload.ts";
import { NotDelivered, type Webhook } from "./webhook.ts";

export interface AlertQueueOptions {
  webhook: Webhook;
  breaker: (changed: (state: string) => void) => AlertBreaker;
}

const betweenAttemptsMs = 1_000;
const afterFailureMs = 5_000;
/** Of incidents that wait; of more only their number is kept. */
const most = 50;

export class AlertQueue {
  /** Of one alert: a message that may have been taken is not sent a third time. */
  protected readonly attempts: number = 2;
  protected readonly webhook: Webhook;
  readonly #breaker: AlertBreaker;
  /** The latest of each incident, by its subject and beginning; in the order in which they changed. */
  readonly #waiting = new Map<string, Incident>();
  /** Its beginning was delivered, so its end is a message of its own. */
  readonly #begun = new Set<string>();
  readonly #stopped = new AbortController();
  #leftOut = 0;
  /** Since when alerts could not be delivered, epoch ms. */
  #failingSinceMs: number | undefined;
  /** Since then, as they are reported once the webhook is back. */
  #breakerChanges: string[] = [];
  #isGone = false;
  #isWorking = false;

  constructor({ webhook, breaker }: AlertQueueOptions) {
    this.webhook = webhook;
    this.#breaker = breaker((state) => {
      log(`alerts: the breaker is ${state}`);
      this.#breakerChanges.push(`${time(Date.now())} ${state.replace(/:.*/, "")}`);
    });
  }

  put(incident: Incident): void {
    if (this.#isGone) return;
    const key = `${incident.subject} ${incident.sinceMs}`;
    this.#waiting.delete(key);
    if (this.#waiting.size < most) this.#waiting.set(key, incident);
    else this.#leftOut += 1;
    if (!this.#isWorking) void this.#work();
  }

  stop(): void {
    this.#stopped.abort();
  }

  async #work(): Promise<void> {
    const { signal } = this.#stopped;
    this.#isWorking = true;
    try {
      while (this.#waiting.size > 0 && !this.#isGone) {
        // A timer may be a millisecond early by the date, and the breaker goes by the date.
        for (let waitMs = this.#breaker.waitMs(); waitMs > 0; waitMs = this.#breaker.waitMs())
          await sleep(waitMs, undefined, { signal });
        await this.#deliver();
      }
    } catch (error) {
      if (!signal.aborted) log(`alerts: ${messageOf(error)}`);
    } finally {
      this.#isWorking = false;
    }
  }

  async #deliver(): Promise<void> {
    const isSummary = this.#failingSinceMs !== undefined || this.#leftOut > 0;
    const taken = [...this.#waiting].slice(0, isSummary ? this.#waiting.size : 1);
    const message = isSummary ? this.#summary(taken.map(([, incident]) => incident)) : this.#single(taken);
    const { size } = this.#waiting;
    try {
      const delivered = await this.#breaker.execute(() => this.#attempt(message, isSummary ? 1 : this.attempts));
      if (delivered) {
        this.#failingSinceMs = undefined;
        this.#breakerChanges = [];
        this.#leftOut = 0;
      }
      for (const [key, incident] of taken) this.#done(key, incident);
    } catch (error) {
      if (!(error instanceof NotDelivered)) throw error;
      this.#failingSinceMs ??= Date.now();
      log(`alerts: not delivered: ${error.message} (${size} waiting)`);
      await this.#pause(afterFailureMs);
    }
  }

  /** What has changed meanwhile goes on waiting. */
  #done(key: string, incident: Incident): void {
    if (this.#waiting.get(key) === incident) this.#waiting.delete(key);
    if (incident.overMs === undefined) this.#begun.add(key);
    else this.#begun.delete(key);
  }

  /** @returns Whether it was delivered; false where it never can be. */
  async #attempt(message: AlertMessage, allowed: number): Promise<boolean> {
    for (let attempt = 1; ;) {
      try {
        const outcome = await this.webhook.send(message);
        if (outcome.is === "delivered") return true;
        if (outcome.is === "limited") {
          await this.limited(outcome.waitMs);
          continue;
        }
        if (outcome.is === "gone") this.#isGone = true;
        log(
          `alerts: the webhook ${outcome.is === "gone" ? "is gone, nothing more is sent" : "refused"}: ${outcome.why}`,
        );
        return false;
      } catch (error) {
        if (!(error instanceof NotDelivered) || attempt >= allowed) throw error;
        attempt += 1;
        await this.#pause(betweenAttemptsMs);
      }
    }
  }

  /** Too many: as long as it was asked for, and not a moment less. */
  protected async limited(waitMs: number): Promise<void> {
    await this.#pause(Math.ceil(waitMs) + 1);
  }

  protected message(title: string, fields: readonly Field[]): AlertMessage {
    return messageWith(title, fields);
  }

  #pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.#stopped.signal });
  }

  #single([first]: readonly [string, Incident][]): AlertMessage {
    if (first === undefined) throw new Error("there is no alert to send");
    const [key, incident] = first;
    const { subject, sinceMs, overMs } = incident;
    // Over before its beginning was delivered: one message has both.
    const begun = this.#begun.has(key) ? "" : ` (it began at ${time(sinceMs)})`;
    const title =
      overMs === undefined ? `${subject}: failing` : `${subject}: resolved after ${lasted(incident)}${begun}`;
    return this.message(title, fieldsOf(incident));
  }

  /** Its words differ each time: it says as of when. */
  #summary(incidents: readonly Incident[]): AlertMessage {
    const open = incidents.filter(({ overMs }) => overMs === undefined);
    const over = incidents.filter(({ overMs }) => overMs !== undefined);
    const since = this.#failingSinceMs ?? Date.now();
    const lines = [
      ...open.map(({ subject, sinceMs }) => ({ name: `${subject}: failing`, value: `since ${time(sinceMs)}` })),
      { name: "resolved meanwhile", value: listed(over.map((one) => `${one.subject} (${lasted(one)})`)) || "none" },
      { name: "alerts", value: `could not be delivered from ${time(since)} to ${time(Date.now())}` },
      ...(this.#breakerChanges.length === 0 ? [] : [{ name: "breaker", value: listed(this.#breakerChanges) }]),
      ...(this.#leftOut === 0 ? [] : [{ name: "left out", value: String(this.#leftOut) }]),
    ];
    return this.message(`${open.length} failing, ${over.length} resolved, as of ${time(Date.now())}`, lines);
  }
}

function fieldsOf({ sinceMs, parts }: Incident): { name: string; value: string }[] {
  return [
    { name: "since", value: time(sinceMs) },
    { name: "what", value: listed([...parts.keys()]) },
    { name: "why", value: [...parts.values()][0] ?? "" },
  ];
}

const time = (epochMs: number): string => new Date(epochMs).toISOString().slice(11, 19);

function lasted({ sinceMs, overMs = sinceMs }: Incident): string {
  const seconds = Math.round((overMs - sinceMs) / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
