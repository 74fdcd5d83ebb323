/** A book of 0x0: a success without a bid or an ask. */

import { noParameters, restAction } from "../action.ts";
import { entriesOf, withResult } from "../envelope-result.ts";

declare module "../action.ts" {
  interface RestActions {
    "empty-book": unknown;
  }
}

export default restAction({
  at: "reply",
  parameters: noParameters,
  applies: (reply) => entriesOf(reply, "b").length + entriesOf(reply, "a").length > 0,
  act: (request, _parameters, reply) => request.answer(withResult(reply, { b: [], a: [] })),
});
