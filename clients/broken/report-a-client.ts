/** Report A's bot as it was, H2 to H5 together: what `reference` is compared with on the report's day. */

import { noop } from "cockatiel";
import { broken } from "../reference/parts.ts";
import { ErrorsAsEmptyData } from "./errors-as-empty-data.ts";
import { SessionPerRequest } from "./session-per-request.ts";

/** No pool, so no limit either. */
class Unpooled extends SessionPerRequest {
  override turn<T>(_urgent: boolean, send: () => Promise<T>): Promise<T> {
    return send();
  }
}

export default broken("is report A's bot: a session per request, 5 s for everything, no retry, errors as data", {
  session: (baseUrl) => new Unpooled(baseUrl),
  timeouts: () => 5_000,
  retry: () => noop,
  data: (rest) => new ErrorsAsEmptyData(rest),
});
