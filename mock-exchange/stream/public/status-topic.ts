/** `system.status` on `/v5/public/misc/status`: announced maintenance, when it changes. None is announced here. */

import { topicKind } from "./topic.ts";

export const systemStatus = topicKind({
  name: "system",
  open: ({ parts }) =>
    parts.length === 1 && parts[0] === "status" ? { greeting: () => [], step: () => [] } : undefined,
});
