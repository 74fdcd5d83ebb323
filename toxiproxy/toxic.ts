/**
 * What a toxic is: a default export in `toxics/`, named by its file. It has attributes with defaults and a `pipe` that
 * handles one chunk at a time; everything else is an optional capability. A toxic never sees a socket's events or the
 * chain it sits in: `stage.ts` runs it, `link.ts` chains it, `toxic-list.ts` adds and removes it on live connections.
 *
 *     source ──> stage(latency) ──> stage(slicer) ──> output
 *                      one pipe each, in the order in which the toxics were added
 */

import type { Timer } from "../core/clock.ts";
import type { Random } from "../core/random.ts";
import type { ClosedHow } from "./closing.ts";

export type Stream = "upstream" | "downstream";

/** Numbers are whole ones, as in Toxiproxy. */
export type Attributes = Record<string, number | string | boolean>;

export interface Chunk {
  data: Buffer;
  /** When it was read from the source, on the wall clock; a toxic that delays moves it on. */
  atMs: number;
}

/** How a toxic acts on its place in the chain of one connection. */
export interface ToxicStage {
  readonly random: Random;
  /** Wall ms, on the scale of `Chunk.atMs`. */
  nowMs(): number;
  /** Sends a chunk on to the next stage. */
  pass(chunk: Chunk): void;
  /** Ends the stream here: what was passed still arrives, then the destination is closed. */
  close(): void;
  /** Closes both sockets of the connection at once, whatever is still under way. */
  cut(how: ClosedHow): void;
  /** Calls back once unless the toxic is interrupted or the stage closed before. Chunks keep coming meanwhile. */
  after(ms: number, callback: () => void): Timer;
  /**
   * Takes no further chunk until `then` has run; `Infinity` waits for the interrupt. Whatever the toxic has in hand
   * when it is updated or removed it must pass on in `interrupted`; without it the wait cannot be interrupted.
   */
  wait(ms: number, then: () => void, interrupted?: () => void): void;
  /** Reports that the toxic has changed something on this connection; only the first report counts. */
  hit(): void;
}

/** One run of a toxic on one connection. An update, or a change of the toxic behind it, starts a new run. */
export interface Pipe {
  chunk(chunk: Chunk): void;
  /** The input has ended. Without it the stage is closed. It must close, or wait and then close. */
  end?(): void;
}

/** What a toxic may do to a connection as such, before any byte has passed. */
export interface ConnectionHooks {
  /** From now on every close of this connection, by whomever, is a TCP reset. */
  resetOnClose(): void;
  /** A reset from the upstream is passed on to the client as a reset. */
  relayResets(): void;
}

/** What becomes of a client that connects: forwarded, kept open without an upstream, or reset. */
export type Admission = "dial" | "hang" | "reset";

export interface ToxicType<A extends Attributes = Attributes, S = unknown> {
  /** The attributes with their defaults, in the order in which the API shows them. */
  attributes: A;
  pipe(attributes: Readonly<A>, stage: ToxicStage, state: S): Pipe;
  /** How many chunks may queue in front of it before the source is paused. */
  bufferChunks?: number;
  /** What it remembers of a connection over updates. */
  newState?(): S;
  /** Called when it is removed from a live connection, before what has queued is flushed. */
  cleanup?(stage: ToxicStage): void;
  /** Whether its removal ends a live connection at once, whatever it holds. */
  endsWhenRemoved?(attributes: Readonly<A>): ClosedHow | undefined;
  /** Called for connections that start with the toxic installed, whatever its toxicity. */
  onConnectionStart?(connection: ConnectionHooks): void;
  /** Asked for every client that connects while it is installed; toxicity applies. */
  admit?(attributes: Readonly<A>): Admission;
  /** Whether the proxy refuses new clients while it is installed. */
  closesPort?: boolean;
}

/** A toxic installed on a proxy. */
export interface Toxic {
  name: string;
  type: string;
  /** As the API was given it, e.g. `UPSTREAM`: Toxiproxy gives it back that way. */
  streamText: string;
  stream: Stream;
  toxicity: number;
  attributes: Attributes;
  /** Wall ms after which it removes itself. */
  ttlMs?: number;
  /** The one connection it is meant for, by its number; all where there is none. */
  connection?: number;
  /** Only for the connections that are live when it comes, and none after. */
  liveOnly?: boolean;
  /** With `liveOnly`: the number of the last of them. */
  lastConnection?: number;
  definition: ToxicType;
}

/** Checks a toxic's types where it is written. */
export const toxic = <A extends Attributes, S = undefined>(definition: ToxicType<A, S>): ToxicType<A, S> => definition;
