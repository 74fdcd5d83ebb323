/**
 * One topic on one connection while a fault alters it, and after: a book that was renumbered on a connection goes on
 * from its new numbers until that connection gets a genuine snapshot, or the client would see a gap that is not meant.
 */

import type { Frame } from "../frame.ts";
import type { StreamSocket } from "../socket.ts";
import type { TopicEffect, TopicMoment } from "./action.ts";
import { isSnapshot, withU } from "./book-frame.ts";

const lines = new WeakMap<StreamSocket, Map<string, TopicLine>>();

/** Undefined where nothing is altered. */
export const topicLine = (socket: StreamSocket, topic: string): TopicLine | undefined => lines.get(socket)?.get(topic);

export class TopicLine implements TopicMoment {
  readonly socket: StreamSocket;
  readonly topic: string;
  readonly snapshot: () => Frame | undefined;
  effect: TopicEffect | undefined;
  #onDone: () => void = () => undefined;
  #shift = 0;
  /** What the topic itself has to say just now. */
  #genuine: Frame | undefined;

  constructor(socket: StreamSocket, topic: string, snapshot: () => Frame | undefined) {
    this.socket = socket;
    this.topic = topic;
    this.snapshot = snapshot;
    const altered = lines.get(socket) ?? new Map<string, TopicLine>();
    lines.set(socket, altered.set(topic, this));
    socket.altered = true;
  }

  shift(by: number): void {
    this.#shift += by;
  }

  renumber(from: number, to: number): void {
    this.#shift = to - from;
  }

  send(frame: Frame): void {
    this.#ordered(frame);
    this.socket.send(frame);
  }

  deliver(frame: Frame): void {
    if (frame !== this.#genuine) this.#ordered(frame);
    this.socket.deliver(this.topic, this.#shift === 0 ? frame : withU(frame, this.#shift));
  }

  /** Who needs a while to read what a fault sends besides does not read too slowly. */
  #ordered(frame: Frame): void {
    this.socket.unread.besides(frame.bytes(false).length);
  }

  /** Before anything is done with a frame that comes from the topic. */
  arrived(frame: Frame): void {
    if (this.#shift === 0 || !isSnapshot(frame)) return;
    this.#shift = 0;
    this.#leave();
  }

  run(effect: TopicEffect, frame: Frame, onDone: () => void): void {
    this.effect = effect;
    this.#onDone = onDone;
    this.pass(frame);
  }

  pass(frame: Frame): void {
    this.#genuine = frame;
    const state = this.effect?.frame(frame);
    this.#genuine = undefined;
    if (state !== "done") return;
    this.effect = undefined;
    this.#onDone();
    this.#leave();
  }

  heal(): void {
    const { effect } = this;
    this.effect = undefined;
    effect?.end?.();
    this.#leave();
  }

  /** Back to the fast path, where nothing is left to do. */
  #leave(): void {
    if (this.effect !== undefined || this.#shift !== 0) return;
    const altered = lines.get(this.socket);
    altered?.delete(this.topic);
    this.socket.altered = altered !== undefined && altered.size > 0;
  }
}
