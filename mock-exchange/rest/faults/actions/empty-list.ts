/** A success whose list is empty: no history, no positions, no bars. */

import { noParameters, restAction } from "../action.ts";
import { entriesOf, withResult } from "../envelope-result.ts";

declare module "../action.ts" {
  interface RestActions {
    "empty-list": unknown;
  }
}

export default restAction({
  at: "reply",
  parameters: noParameters,
  applies: (reply) => entriesOf(reply, "list").length > 0,
  act: (request, _parameters, reply) => request.answer(withResult(reply, { list: [] })),
});
