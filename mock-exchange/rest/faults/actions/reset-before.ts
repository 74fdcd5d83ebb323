/** RST when the request was read, before any of its work. */

import { noParameters, restAction } from "../action.ts";

declare module "../action.ts" {
  interface RestActions {
    "reset-before": unknown;
  }
}

export default restAction({ at: "request", parameters: noParameters, act: (request) => request.reset() });
