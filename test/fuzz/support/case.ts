/** What a kind of malformed input is: one file in `kinds/` that default-exports one of these, found by its folder. */

import type { Random } from "../../../core/random.ts";

/** What a text has to be: exactly that, or of that form. */
export type Text = string | RegExp;

/**
 * A well-formed HTTP request; many of them share a connection, and each gets its one reply. `items` is what
 * `retExtInfo` has to say of each order of a batch.
 */
export interface RestCase {
  bytes: Buffer;
  want: { status: number; retCode?: number; retMsg?: Text; items?: readonly (readonly [code: number, text: Text])[] };
}

/** Bytes that are no HTTP, or end a connection: alone on theirs, which the server has to end. */
export interface LoneCase {
  bytes: Buffer;
  /** Of the first reply; "closed" is no reply at all. */
  want: readonly (number | "closed")[];
}

/** One text message on a stream; many share a connection, and each gets its one answer. */
export interface StreamCase {
  bytes: Buffer;
  path: string;
  /** The keys of the answer in their order, and what each has to hold; undefined: anything. */
  want: Readonly<Record<string, unknown>>;
}

/** Frames that break the WebSocket protocol: alone on their connection, which the server has to end. */
export interface FrameCase {
  bytes: Buffer;
  path: string;
  /** The code of its close frame; 1006 is none. */
  want: readonly number[];
  /** The client goes away after the bytes: for what would otherwise be waited for. */
  leaves?: boolean;
}

interface Surfaces {
  rest: RestCase;
  "rest-alone": LoneCase;
  stream: StreamCase;
  frames: FrameCase;
  upgrade: LoneCase;
}

type KindOn<S extends keyof Surfaces> = {
  surface: S;
  cases: number;
  /** @param nth For what has to be unique; everything else is drawn. */
  make(random: Random, nth: number): Surfaces[S];
};

export type Kind = { [S in keyof Surfaces]: KindOn<S> }[keyof Surfaces];

export const kind = <S extends keyof Surfaces>(definition: KindOn<S>): KindOn<S> => definition;
