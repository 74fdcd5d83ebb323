/** What kind of account this is: a unified one, second generation. */

import { route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/account/info",
  auth: "private",
  limit: { allowed: 50 },
  handle: (_request, { engine: { account, dcp } }) => ({
    marginMode: account.settings.marginMode,
    updatedTime: String(account.settings.marginModeMs),
    unifiedMarginStatus: 5,
    dcpStatus: dcp.configured().length === 0 ? "OFF" : "ON",
    timeWindow: dcp.windowMs("DERIVATIVES") / 1_000,
    smpGroup: 0,
    isMasterTrader: false,
    spotHedgingStatus: "OFF",
  }),
});
