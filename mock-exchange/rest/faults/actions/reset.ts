/** RST on a bare connection: as it is accepted, or while it is idle. */

import { noParameters, restAction } from "../action.ts";

declare module "../action.ts" {
  interface RestActions {
    reset: unknown;
  }
}

export default restAction({ at: "connection", parameters: noParameters, act: (connection) => connection.reset() });
