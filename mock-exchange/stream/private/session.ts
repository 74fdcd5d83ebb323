/** One client's private connection: auth, subscriptions, pings. What it is sent comes from the hub. */

import type { ApiKey } from "../../api-key.ts";
import type { Engine } from "../../engine/engine.ts";
import type { Clock } from "../../../core/clock.ts";
import { proven } from "../auth.ts";
import type { Frame } from "../frame.ts";
import type { Refusal, StreamSession } from "../session.ts";
import { parseRequest, type StreamRequest } from "../request.ts";
import type { StreamSocket } from "../socket.ts";
import { dcpProducts, isMixed, parseTopic } from "./topics.ts";

export interface PrivateContext {
  clock: Clock;
  keys: readonly ApiKey[];
  engine: Engine;
}

export class PrivateSession implements StreamSession {
  readonly #socket: StreamSocket;
  readonly #context: PrivateContext;
  readonly #topics = new Set<string>();
  readonly #onClose: () => void;
  #authenticated = false;

  constructor(socket: StreamSocket, context: PrivateContext, onClose: () => void) {
    this.#socket = socket;
    this.#context = context;
    this.#onClose = onClose;
  }

  wants(topic: string): boolean {
    return this.#topics.has(topic);
  }

  publish(topic: string, frame: Frame): void {
    this.#socket.publish(topic, frame);
  }

  receive(text: string): void {
    const request = parseRequest(text, "req_id");
    if (typeof request === "string") this.#answer({ op: "", reqId: undefined }, [], request);
    else if (request.op === "auth") this.#auth(request);
    else if (request.op === "subscribe" || request.op === "unsubscribe") this.#subscribe(request);
    else if (request.op === "ping") this.#pong(request);
    else this.#answer(request, [], "error:invalid op");
  }

  refuse(text: string, { text: refusal, retCode }: Refusal): void {
    const parsed = parseRequest(text, "req_id");
    const request = typeof parsed === "string" ? { op: "", reqId: undefined, args: [] } : parsed;
    if (request.op === "auth") this.#socket.log.authRefused(refusal);
    if (retCode === undefined) this.#answer(request, topicNames(request.args), refusal);
    else this.#coded(request, retCode, refusal);
  }

  closed(): void {
    this.#onClose();
    for (const topic of this.#topics) this.#disarm(topic, true);
    this.#topics.clear();
  }

  #auth(request: StreamRequest): void {
    const key = proven(request.args, this.#context.keys, this.#context.clock.now());
    if (typeof key === "string") {
      this.#socket.log.authRefused(key);
      this.#answer(request, [], "Params Error");
      return;
    }
    this.#authenticated = true;
    this.#socket.log.authenticated();
    this.#answer(request, [], "");
  }

  #subscribe(request: StreamRequest): void {
    const topics = topicNames(request.args);
    const refusal = this.#refusal(request.op, topics);
    if (refusal === "") for (const topic of topics) this.#set(topic, request.op === "subscribe");
    this.#answer(request, topics, refusal);
    // Asked for, and then carried out, as on the public streams.
    if (refusal === "" && request.op === "subscribe") this.#socket.log.subscribed(topics);
  }

  /** The whole frame is refused for one bad topic. */
  #refusal(op: string, topics: readonly string[]): string {
    if (!this.#authenticated) return "Request not authorized";
    if (topics.length === 0 || topics.some((topic) => parseTopic(topic) === undefined) || isMixed(topics))
      return "Params Error";
    const known = op === "subscribe" ? topics.find((topic) => this.#topics.has(topic)) : undefined;
    return known === undefined ? "" : `error:already subscribed,topic:${known}`;
  }

  #set(topic: string, on: boolean): void {
    const product = dcpProducts[topic];
    if (on) {
      this.#topics.add(topic);
      if (product !== undefined) this.#context.engine.dcp.arm(product);
    } else if (this.#topics.delete(topic)) this.#disarm(topic, false);
  }

  #disarm(topic: string, lost: boolean): void {
    const product = dcpProducts[topic];
    if (product !== undefined) this.#context.engine.dcp.disarm(product, lost);
  }

  #pong({ reqId }: StreamRequest): void {
    this.#socket.requested("ping", []);
    const args = [String(Math.floor(this.#context.clock.now()))];
    const id = reqId === undefined ? {} : { req_id: reqId };
    this.#socket.reply(JSON.stringify({ ...id, op: "pong", args, conn_id: this.#socket.connId }));
  }

  #answer({ op, reqId }: Pick<StreamRequest, "op" | "reqId">, topics: readonly string[], refusal: string): void {
    this.#socket.requested(op, topics, refusal);
    const id = reqId === undefined ? {} : { req_id: reqId };
    const said = { success: refusal === "", ret_msg: refusal, op, conn_id: this.#socket.connId };
    this.#socket.reply(JSON.stringify({ ...id, ...said }));
  }

  /** The form of a refusal that was seen with a code. */
  #coded({ op, reqId }: Pick<StreamRequest, "op" | "reqId">, retCode: number, retMsg: string): void {
    this.#socket.requested(op, [], `${retCode} ${retMsg}`);
    const id = reqId === undefined ? {} : { req_id: reqId };
    this.#socket.reply(JSON.stringify({ ...id, op, success: false, retCode, retMsg, connId: this.#socket.connId }));
  }
}

const topicNames = (args: unknown): string[] =>
  Array.isArray(args) && args.every((arg) => typeof arg === "string") ? [...new Set(args)] : [];
