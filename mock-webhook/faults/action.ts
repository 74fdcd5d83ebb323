/**
 * What an action of a fault of the sink is: one file in `actions/` that default-exports one of these. Its name is the
 * file's, its parameters are checked when a rule is armed.
 */

import { z } from "zod";
import type { HttpConnection } from "../../mock-kit/http/connections.ts";
import type { RequestInHand } from "../request-in-hand.ts";

/** Action -> its parameters as a rule writes them. Merged into by the files of `actions/`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface WebhookActions {}

export interface WebhookAction<P = unknown> {
  parameters: z.ZodType<P>;
  /** As a connection is accepted. */
  connection?(connection: HttpConnection, parameters: P): void;
  /** Once a request was read; its work is not done. */
  request?(request: RequestInHand, parameters: P): void;
}

export const webhookAction = <P>(definition: WebhookAction<P>): WebhookAction<P> => definition;

/** Whether the message is taken, before what the action does: the client will not know. */
export const takenFirst = z.boolean().default(false);
