/** `adlAlert.{USDT|USDC|inverse}`: how near each contract is to auto-deleveraging, once a second. Numbers, not strings. */

import { seconds } from "../../../../core/units.ts";
import { adlAlert } from "../../../market/views/adl-alert.ts";
import { Frame } from "../../frame.ts";
import { atMostEvery } from "../at-most-every.ts";
import { contractGroup } from "../contract-group.ts";
import { topicKind } from "../topic.ts";

const pushMs = seconds(1);

export default topicKind({
  name: "adlAlert",
  open: ({ topic, parts, category, market }) => {
    const group = contractGroup(parts, category, market);
    if (group === undefined) return undefined;
    const message = (): Frame => {
      const data = group.map(adlAlert).map((alert) => ({
        c: alert.coin,
        s: alert.symbol,
        b: Number(alert.balance),
        mb: Number(alert.maxBalance),
        i_pr: Number(alert.insurancePnlRatio),
        pr: Number(alert.pnlRatio),
        adl_tt: Number(alert.adlTriggerThreshold),
        adl_sr: Number(alert.adlStopRatio),
      }));
      return new Frame(JSON.stringify({ topic, type: "snapshot", ts: market.untilMs, data }));
    };
    const push = (): Frame[] => [message()];
    return atMostEvery(pushMs, market.untilMs, { greeting: push, step: push });
  },
});
