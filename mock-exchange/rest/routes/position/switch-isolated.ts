/** Of classic accounts only; a unified account sets its margin mode as a whole. */

import { RetError } from "../../../protocol/ret-codes.ts";
import { route } from "../../route.ts";

export default route({
  method: "POST",
  path: "/v5/position/switch-isolated",
  auth: "private",
  limit: { allowed: 10 },
  deed: "position",
  handle: () => {
    throw new RetError(100028, "unified account is forbidden");
  },
});
