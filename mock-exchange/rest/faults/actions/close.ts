/** FIN on a bare connection: as it is accepted, or while it is idle, which is how keep-alive ends politely. */

import { noParameters, restAction } from "../action.ts";

declare module "../action.ts" {
  interface RestActions {
    close: unknown;
  }
}

export default restAction({ at: "connection", parameters: noParameters, act: (connection) => connection.close() });
