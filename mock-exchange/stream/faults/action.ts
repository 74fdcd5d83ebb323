/**
 * What a protocol fault of a stream is: a default export in `actions/`, named by its file. It says at which moments it
 * can act and what it does there. Which connections it meets, how often and until when is the rule's business
 * (`stream-faults.ts`), so an action keeps no state beyond what it returns.
 */

import type { z } from "zod";
import type { Frame } from "../frame.ts";
import type { StreamSession } from "../session.ts";
import type { StreamSocket } from "../socket.ts";
import type { Dial } from "./dial.ts";

/** TCP accepted; upgrade asked for; a client's request; a data frame on its way out; a connection as such. */
export const moments = ["connect", "upgrade", "request", "topic", "live"] as const;
export type Moment = (typeof moments)[number];
export type StreamName = "public" | "private" | "trade";

/** Takes back what a hit has set going. */
export type Heal = () => void;

export interface RequestMoment {
  readonly socket: StreamSocket;
  readonly session: StreamSession;
  readonly text: string;
  readonly op: string;
  readonly topics: readonly string[];
  /** Has the session do what was asked; its answer goes out when the function returned here is called, if ever. */
  carryOut(): () => void;
}

export interface TopicMoment {
  readonly socket: StreamSocket;
  readonly topic: string;
  /** Sends a frame of this topic to this connection, counted as delivered. */
  deliver(frame: Frame): void;
  /** Sends something that is no frame of this topic: not counted. */
  send(frame: Frame): void;
  /** From now on `u` of this topic is higher by this much on this connection: a book that was renumbered stays so. */
  shift(by: number): void;
  /** From now on what the topic calls `from` is `to` on this connection. */
  renumber(from: number, to: number): void;
  /** The state of the topic now, with `u` as the topic has it. Undefined where the topic has no state. */
  snapshot(): Frame | undefined;
}

/** What a hit does to a topic of one connection, from the frame that was hit on. */
export interface TopicEffect {
  /** `done` hands the frames after this one back to the rules. */
  frame(frame: Frame): "more" | "done";
  /** It was healed before it was done: whatever it still holds must be delivered here. */
  end?(): void;
}

export interface StreamAction<P = unknown> {
  /** Where it can act; the first is meant when a rule does not say. */
  on: readonly [Moment, ...Moment[]];
  /** Which streams have it; all without this. */
  streams?: readonly StreamName[];
  /** The requests it makes sense for; all without this. */
  ops?: readonly string[];
  parameters: z.ZodType<P>;
  /** Which data frames it can alter; the others are no match and not counted. All without this. */
  wants?(frame: Frame, topic: string): boolean;
  /** At `connect` and `upgrade`. */
  dial?(parameters: P, dial: Dial): Heal | undefined;
  /** At every other moment that has no function of its own. What caused it goes on if the connection still does. */
  connection?(parameters: P, socket: StreamSocket): Heal | undefined;
  request?(parameters: P, moment: RequestMoment): void;
  topic?(parameters: P, moment: TopicMoment): TopicEffect;
}

/** Checks an action's types where it is written. */
export const streamAction = <P>(action: StreamAction<P>): StreamAction<P> => action;

/** The effect that is over with the frame it was hit on. */
export const onFrame = (act: (frame: Frame) => void): TopicEffect => ({
  frame(frame) {
    act(frame);
    return "done";
  },
});
