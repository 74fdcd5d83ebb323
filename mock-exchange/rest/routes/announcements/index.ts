/** Announcements: none. */

import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/announcements/index",
  auth: "public",
  handle: () => ({ total: 0, list: [] }),
});
