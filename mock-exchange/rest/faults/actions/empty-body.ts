/** The work is done and the reply has no body, under the headers of one that has. */

import { noParameters, restAction } from "../action.ts";

declare module "../action.ts" {
  interface RestActions {
    "empty-body": unknown;
  }
}

export default restAction({
  at: "reply",
  parameters: noParameters,
  applies: ({ body }) => body !== "",
  act: (request, _parameters, reply) => request.answer({ ...reply, body: "" }),
});
