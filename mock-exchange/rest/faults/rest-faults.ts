/**
 * The protocol faults of the REST surface: holds the armed rules and says at each moment of a connection and a request
 * which of them acts. A rule that acts earlier in a request's life goes before one that acts later, whichever was armed
 * first; at one moment the first armed decides.
 */

import type { JournalSink } from "../../../core/journal/event.ts";
import { RuleBook, type Armed } from "../../../mock-kit/rules/rule-book.ts";
import type { RestReply } from "../reply.ts";
import type { HttpConnection } from "../../../mock-kit/http/connections.ts";
import { IdleWatch } from "./idle-watch.ts";
import { fitting, type AskedFor, type RestSubject } from "./match.ts";
import type { HeadInHand, Means, RequestInHand } from "./request-in-hand.ts";
import { checkRule, type CheckedRule, type RestRule } from "./rule.ts";

/** A rule as the book keeps it. */
interface Match {
  fits: (subject: RestSubject) => boolean;
  /** Only of an idle rule. */
  idleMs: number | undefined;
}

type Moment = RestSubject["moment"];

export class RestFaults {
  readonly means: Means;
  readonly #book: RuleBook<Match, CheckedRule, RestSubject>;
  readonly #idle: IdleWatch;

  constructor({ journal, ...means }: Means & { journal: JournalSink }) {
    const { clock } = means;
    this.means = means;
    this.#book = new RuleBook({
      ...{ endpoint: "exchange-rest", clock, journal },
      fits: ({ fits }: Match, subject: RestSubject) => fits(subject),
    });
    this.#idle = new IdleWatch(clock, {
      waits: () => this.#book.armed.flatMap(({ match: { idleMs } }) => (idleMs === undefined ? [] : [idleMs])),
      isDue: (connection, idleMs) => this.#onConnection("idle", connection, { idleMs }),
    });
  }

  /** True on the fast path: nothing is armed. */
  get none(): boolean {
    return this.#book.empty;
  }

  /** What is armed, if anything, acts on connections alone. */
  get noneOfRequests(): boolean {
    return this.none || this.#book.armed.every(({ action }) => action.action.at === "connection");
  }

  /** @throws FiredrillError where the rule is not right. */
  arm(rule: RestRule): Armed {
    const checked = checkRule(rule);
    const { match, action, parameters, often } = checked;
    const alters = (reply: RestReply, asked: AskedFor): boolean =>
      action.at !== "reply" || (action.applies?.(reply, parameters, { ...this.means, asked }) ?? true);
    const fits = fitting(match, alters);
    const moment = action.at === "connection" ? match.on : action.at;
    const armed = this.#book.arm({
      match: {
        idleMs: match.on === "idle" ? match.idleMs : undefined,
        fits: (subject) => subject.moment === moment && fits(subject),
      },
      action: checked,
      ...often,
    });
    this.#idle.reconsider();
    return armed;
  }

  /** Disarms everything; what a rule holds already, it goes on holding. */
  clear(): void {
    this.#book.clear();
    this.#idle.reconsider();
  }

  /** Where idle connections are found. */
  watch(idleConnections: () => HttpConnection[]): void {
    this.#idle.connections = idleConnections;
  }

  opened(connection: HttpConnection): void {
    if (this.none || this.#onConnection("connect", connection, {})) return;
    this.#idle.begin(connection);
  }

  /** The connection's last request has ended. */
  becameIdle(connection: HttpConnection): void {
    if (!this.none) this.#idle.begin(connection);
  }

  /** @returns Whether a fault has taken it over; else it is served as ever. */
  takesHead(subject: Omit<RestSubject, "moment" | "nowMs">, inHand: () => HeadInHand): boolean {
    const decided = this.#decide("head", subject);
    if (decided?.action.at !== "head") return false;
    decided.action.act(inHand(), decided.parameters);
    return true;
  }

  takesRequest(subject: Omit<RestSubject, "moment" | "nowMs">, inHand: () => RequestInHand): boolean {
    const decided = this.#decide("request", subject);
    if (decided?.action.at !== "request") return false;
    decided.action.act(inHand(), decided.parameters);
    return true;
  }

  takesReply(
    subject: Omit<RestSubject, "moment" | "nowMs"> & { reply: RestReply },
    inHand: () => RequestInHand,
  ): boolean {
    const decided = this.#decide("reply", subject);
    if (decided?.action.at !== "reply") return false;
    decided.action.act(inHand(), decided.parameters, subject.reply);
    return true;
  }

  #onConnection(moment: "connect" | "idle", connection: HttpConnection, more: { idleMs?: number }): boolean {
    const decided = this.#decide(moment, { connection: connection.name, describe: moment, ...more });
    if (decided?.action.at !== "connection") return false;
    decided.action.act(connection, decided.parameters);
    return true;
  }

  #decide(moment: Moment, subject: Omit<RestSubject, "moment" | "nowMs">): CheckedRule | undefined {
    return this.#book.decide({ ...subject, moment, nowMs: this.means.clock.now() });
  }
}
