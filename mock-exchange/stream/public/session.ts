/** One client of a public stream: subscribe, unsubscribe and ping, with the category's limits and answers. */

import type { Clock, Timer } from "../../../core/clock.ts";
import { seconds } from "../../../core/units.ts";
import type { Refusal, StreamSession } from "../session.ts";
import type { StreamSocket } from "../socket.ts";
import { ackText, pongText } from "./dialect.ts";
import type { Hub } from "./hub.ts";
import { parseRequest, type ClientRequest } from "./request.ts";

/** Characters of all the topics of one connection together. */
const mostTopicLetters = 21_000;
const mostSpotArgs = 10;
const mostOptionArgs = 2_000;
/** Whoever has said nothing by then is cut, without a close frame. */
const silentMs = seconds(61);
/** However fast incident time runs, a client needs wall time to say something. */
const leastSilentWallMs = 1_000;

export class PublicSession implements StreamSession {
  readonly #socket: StreamSocket;
  readonly #hub: Hub;
  readonly #clock: Clock;
  readonly #topics = new Set<string>();
  readonly #silence: Timer;
  #letters = 0;

  constructor(socket: StreamSocket, hub: Hub, clock: Clock) {
    this.#socket = socket;
    this.#hub = hub;
    this.#clock = clock;
    const maxSilentMs = Math.max(silentMs, leastSilentWallMs * clock.compression);
    this.#silence = clock.after(maxSilentMs, () => socket.cutIfIdle(clock.now(), maxSilentMs));
  }

  receive(text: string): void {
    this.#silence.cancel();
    const request = parseRequest(text);
    if ("error" in request) this.#answer({ op: "", reqId: undefined, args: [] }, request.error);
    else if (request.op === "ping") this.#pong(request);
    else if (request.op === "subscribe") this.#subscribe(request);
    else if (request.op === "unsubscribe") this.#unsubscribe(request);
    else this.#answer(request, "error:invalid op");
  }

  refuse(text: string, refusal: Refusal): void {
    const request = parseRequest(text);
    this.#answer("error" in request ? { op: "", reqId: undefined, args: [] } : request, refusal.text);
  }

  closed(): void {
    this.#silence.cancel();
    for (const topic of this.#topics) this.#hub.unsubscribe(topic, this.#socket);
    this.#topics.clear();
  }

  #pong({ reqId }: ClientRequest): void {
    const { category } = this.#hub;
    this.#socket.requested("ping", []);
    this.#socket.reply(pongText(category, this.#socket.connId, reqId, this.#clock.now()));
  }

  #subscribe(request: ClientRequest): void {
    const refusal = this.#refusal(request.args);
    this.#answer(request, refusal);
    if (refusal !== "") return;
    const known = request.args.filter((topic) => this.#hub.knows(topic));
    this.#socket.log.subscribed(known);
    for (const topic of known) {
      this.#topics.add(topic);
      this.#letters += topic.length;
      this.#hub.subscribe(topic, this.#socket);
    }
  }

  #unsubscribe(request: ClientRequest): void {
    for (const topic of request.args) {
      if (!this.#topics.delete(topic)) continue;
      this.#letters -= topic.length;
      this.#hub.unsubscribe(topic, this.#socket);
    }
    this.#answer(request, "");
  }

  /** Why the whole frame is refused; empty where it is not. */
  #refusal(topics: readonly string[]): string {
    const { category } = this.#hub;
    const option = category === "option";
    if (category === "spot" && topics.length > mostSpotArgs) return `args size >${mostSpotArgs}`;
    const letters = topics.reduce((sum, topic) => sum + topic.length, this.#letters);
    if (letters > mostTopicLetters) return `args length >${mostTopicLetters}`;
    if (option) return this.#topics.size + topics.length > mostOptionArgs ? `args size >${mostOptionArgs}` : "";
    const unknown = topics.find((topic) => !this.#hub.knows(topic));
    if (unknown !== undefined) return `error:handler not found,topic:${unknown}`;
    const twice = topics.find((topic, at) => this.#topics.has(topic) || topics.indexOf(topic) < at);
    return twice === undefined ? "" : `error:already subscribed,topic:${twice}`;
  }

  #answer({ op, reqId, args }: ClientRequest, error: string): void {
    this.#socket.requested(op, args, error);
    const { connId } = this.#socket;
    this.#socket.reply(ackText(this.#hub.category, { op, connId, reqId, error, topics: args }));
  }
}
