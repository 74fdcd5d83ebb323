/**
 * What an action of a REST fault is: one file in `actions/` that default-exports one of these. Its name is the file's,
 * its parameters are checked when a rule is armed, and `at` says how far the request has come when it acts.
 */

import { z } from "zod";
import type { RestReply } from "../reply.ts";
import type { HttpConnection } from "../../../mock-kit/http/connections.ts";
import type { AskedFor } from "./match.ts";
import type { HeadInHand, Means, RequestInHand } from "./request-in-hand.ts";

/** Action -> its parameters as a rule writes them. Merged into by the files of `actions/`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface RestActions {}

export type RestAction<P> =
  /** On the bare connection: when it was accepted, or while it is idle. */
  | { at: "connection"; parameters: z.ZodType<P>; act(connection: HttpConnection, parameters: P): void }
  /** The head was read, the body was not. */
  | { at: "head"; parameters: z.ZodType<P>; act(request: HeadInHand, parameters: P): void }
  /** The whole request was read, its work not done. */
  | { at: "request"; parameters: z.ZodType<P>; act(request: RequestInHand, parameters: P): void }
  /** The work was done, the reply not sent. */
  | {
      at: "reply";
      parameters: z.ZodType<P>;
      /** Whether it would make a difference; a rule does not hit what it cannot change. */
      applies?(reply: RestReply, parameters: P, context: Means & { asked: AskedFor }): boolean;
      act(request: RequestInHand, parameters: P, reply: RestReply): void;
    };

export const restAction = <P>(definition: RestAction<P>): RestAction<P> => definition;

/** Of an action that takes none. A rule's type says `unknown` there, so that only `do` is left. */
export const noParameters = z.strictObject({});
