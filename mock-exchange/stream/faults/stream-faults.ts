/**
 * The protocol faults of one stream: rules met at five moments of a connection (mock-kit/rules/rule-book.ts), and what their hits
 * have set going, until it is healed. A hit may outlast its rule's `times`; it is healed when the rule is disarmed or its
 * time to live is over. While nothing is armed nothing here is asked.
 */

import type { Clock, Timer } from "../../../core/clock.ts";
import type { JournalSink } from "../../../core/journal/event.ts";
import { RuleBook, type Armed } from "../../../mock-kit/rules/rule-book.ts";
import type { Frame } from "../frame.ts";
import type { StreamSession } from "../session.ts";
import type { StreamSocket } from "../socket.ts";
import type { Heal, Moment, StreamAction, StreamName } from "./action.ts";
import type { Dial } from "./dial.ts";
import { matcher, type Predicate, type StreamMatch, type Subject } from "./match.ts";
import { readRequest } from "./request-moment.ts";
import { parseRule, type StreamRule } from "./rule.ts";
import { topicLine, TopicLine } from "./topic-line.ts";

/** An armed rule and what it has set going. */
interface Standing {
  id: string;
  expiry?: Timer;
  running: Set<Running>;
  /** Whoever hears of a hit may disarm the rule before what was hit has begun. */
  over: boolean;
}

interface Running {
  heal: Heal;
  socket: StreamSocket | undefined;
  subject: Subject;
}

interface ArmedAction {
  moment: Moment;
  action: StreamAction;
  parameters: unknown;
  standing: Standing;
}

export interface StreamFaultsOptions {
  endpoint: string;
  clock: Clock;
  journal: JournalSink;
  sockets: ReadonlySet<StreamSocket>;
  /** A topic's state as a new subscriber would get it. */
  snapshotOf(path: string, topic: string): Frame | undefined;
}

export class StreamFaults {
  readonly #options: StreamFaultsOptions;
  readonly #book: RuleBook<Predicate, ArmedAction, Subject>;
  readonly #standing = new Set<Standing>();
  #watched: ReadonlySet<Moment> = new Set();
  /** Whether any rule looks at data frames: the one question of the fast path. */
  watchesTopics = false;

  constructor(options: StreamFaultsOptions) {
    this.#options = options;
    const { endpoint, clock, journal } = options;
    this.#book = new RuleBook({ endpoint, clock, journal, fits: (match, subject) => match(subject) });
  }

  /** @throws FiredrillError where the rule is not right. */
  arm(rule: StreamRule): Armed {
    const { endpoint, clock, journal, sockets } = this.#options;
    const { match, name, action, parameters, often } = parseRule(rule, endpoint.replace("exchange-", "") as StreamName);
    const standing: Standing = { id: "", running: new Set(), over: false };
    const armed = this.#book.arm({
      match: matcher(match, action),
      action: { moment: match.on, action, parameters, standing },
      ...often,
    });
    standing.id = armed.id;
    const said = parameters as Record<string, unknown>;
    journal.write("exchange.stream-fault", { endpoint, rule: armed.id, match, action: { do: name, ...said } });
    this.#standing.add(standing);
    standing.expiry = clock.after(often.ttlMs, () => this.#heal(standing));
    this.#look();
    // One that we have ended already is only waiting for its client: nothing more can happen to it.
    if (match.on === "live") for (const socket of [...sockets]) if (!socket.ending) this.#meet(socket, match);
    return {
      id: armed.id,
      disarm: () => {
        armed.disarm();
        this.#heal(standing);
      },
    };
  }

  /** Disarms and heals everything. */
  clear(): void {
    this.#book.clear();
    for (const standing of [...this.#standing]) this.#heal(standing);
  }

  /** A client dialled, or asks for its upgrade. The dial may be over afterwards, or held. */
  dialled(moment: "connect" | "upgrade", dial: Dial): void {
    if (!this.#watched.has(moment)) return;
    const describe = moment === "connect" ? "connect" : `upgrade ${dial.path}`;
    const { connection, path } = dial;
    const subject: Subject = { moment, connection, describe, ...(moment === "upgrade" ? { path } : {}) };
    const hit = this.#decide(subject);
    if (hit === undefined) return;
    const heal = hit.action.dial?.(hit.parameters, dial);
    if (heal !== undefined) this.#began(hit.standing, { heal, socket: undefined, subject });
  }

  opened(socket: StreamSocket): void {
    if (this.#watched.has("live")) this.#meet(socket, undefined);
  }

  /** A client's request: the session gets it unless a fault does something else with it. */
  incoming(socket: StreamSocket, session: StreamSession, text: string): void {
    if (!this.#watched.has("request")) {
      session.receive(text);
      return;
    }
    const moment = readRequest(socket, session, text);
    const { op, topics } = moment;
    const describe = [op, ...topics].join(" ");
    const subject: Subject = { ...where(socket), moment: "request", describe, op, topics };
    const hit = this.#decide(subject);
    if (hit === undefined) session.receive(text);
    else if (hit.action.request !== undefined) hit.action.request(hit.parameters, moment);
    else {
      this.#onConnection(hit, socket, subject);
      if (socket.ending) socket.requested(op, topics, "not carried out", { answered: false });
      else socket.whenFlowing(() => session.receive(text));
    }
  }

  /** A data frame on its way out. */
  outgoing(socket: StreamSocket, topic: string, frame: Frame): void {
    let line = topicLine(socket, topic);
    line?.arrived(frame);
    if (line?.effect !== undefined) {
      line.pass(frame);
      return;
    }
    const subject: Subject = { ...where(socket), moment: "topic", describe: topic, topics: [topic], frame };
    // Nothing more can happen to one that we have ended already, and a rule's hits are not for it.
    const hit = this.watchesTopics && !socket.ending ? this.#decide(subject) : undefined;
    if (hit?.action.topic === undefined) {
      if (hit !== undefined) this.#onConnection(hit, socket, subject);
      if (line === undefined) socket.deliver(topic, frame);
      else line.deliver(frame);
      return;
    }
    line ??= new TopicLine(socket, topic, () => this.#options.snapshotOf(socket.path, topic));
    const effect = hit.action.topic(hit.parameters, line);
    const { running } = hit.standing;
    const entry = { heal: (): void => line.heal(), socket, subject };
    running.add(entry);
    line.run(effect, frame, () => running.delete(entry));
    if (running.has(entry)) this.#began(hit.standing, entry);
  }

  /** The connection is gone, and what ran on it with it. */
  forget(socket: StreamSocket): void {
    for (const { running } of this.#standing) {
      for (const entry of running) if (entry.socket === socket) running.delete(entry);
    }
  }

  #meet(socket: StreamSocket, armed: StreamMatch | undefined): void {
    const subject: Subject = {
      ...{ ...where(socket), moment: "live", describe: "live" },
      ...(armed === undefined ? {} : { armed }),
    };
    const hit = this.#decide(subject);
    if (hit !== undefined) this.#onConnection(hit, socket, subject);
  }

  #onConnection({ action, parameters, standing }: ArmedAction, socket: StreamSocket, subject: Subject): void {
    const heal = action.connection?.(parameters, socket);
    if (heal !== undefined) this.#began(standing, { heal, socket, subject });
  }

  #decide(subject: Subject): ArmedAction | undefined {
    const hit = this.#book.decide(subject);
    // It may have been the last one.
    if (hit !== undefined) this.#look();
    return hit;
  }

  #began(standing: Standing, running: Running): void {
    standing.running.add(running);
    if (standing.over) this.#heal(standing);
  }

  #heal(standing: Standing): void {
    standing.expiry?.cancel();
    standing.over = true;
    this.#standing.delete(standing);
    this.#look();
    const { endpoint, journal } = this.#options;
    for (const { heal, subject } of standing.running) {
      const { connection, describe } = subject;
      journal.write("exchange.stream-healed", { endpoint, rule: standing.id, connection, subject: describe });
      heal();
    }
    standing.running.clear();
  }

  #look(): void {
    this.#watched = new Set(this.#book.armed.map(({ action }) => action.moment));
    this.watchesTopics = this.#watched.has("topic");
  }
}

const where = ({ connection, path }: StreamSocket): Pick<Subject, "connection"> & { path: string } => ({
  connection,
  path,
});
