/** Fee groups: there are none. */

import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/market/fee-group-info",
  auth: "public",
  handle: () => ({ list: [] }),
});
