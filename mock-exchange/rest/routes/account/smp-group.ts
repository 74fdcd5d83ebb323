/** The self-match group: none. */

import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/account/smp-group",
  auth: "private",
  limit: { allowed: 5 },
  handle: () => ({ smpGroup: 0 }),
});
