/**
 * `insurance.{USDT|USDC|inverse}`: balances of isolated insurance pools, when they change. There are only shared pools
 * here, as REST reports them, and those are never pushed: the topic exists and is silent.
 */

import { contractGroup } from "../contract-group.ts";
import { topicKind } from "../topic.ts";

export default topicKind({
  name: "insurance",
  open: ({ parts, category, market }) =>
    contractGroup(parts, category, market) === undefined ? undefined : { greeting: () => [], step: () => [] },
});
