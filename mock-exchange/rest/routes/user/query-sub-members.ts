/** The account's sub-accounts: it has none. Its success has no message. */

import { Reply, route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/user/query-sub-members",
  auth: "private",
  limit: { allowed: 10 },
  handle: () => new Reply({ subMembers: [] }, ""),
});
