/** What the key that asks may do. Its success has no message. */

import { allPermissions } from "../../../api-key.ts";
import { hours } from "../../../../core/units.ts";
import { Reply, route } from "../../route.ts";

const day = hours(24);
const lifeDays = 90;

export default route({
  method: "GET",
  path: "/v5/user/query-api",
  auth: "private",
  limit: { allowed: 10 },
  handle: ({ key, nowMs }, { clock, engine: { account } }) => {
    const expiresMs = key?.expiresMs ?? clock.startMs + lifeDays * day;
    const iso = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19)}Z`;
    const result = {
      id: account.uid.slice(0, 7),
      note: "firedrill",
      apiKey: key?.key ?? "",
      readOnly: key?.readOnly === true ? 1 : 0,
      secret: "",
      permissions: key?.permissions ?? allPermissions,
      ips: key?.ips ?? ["*"],
      type: 1,
      deadlineDay: Math.max(Math.floor((expiresMs - nowMs) / day), 0),
      expiredAt: iso(expiresMs),
      createdAt: iso(clock.startMs),
      unified: 0,
      uta: 1,
      userID: Number(account.uid),
      inviterID: 0,
      vipLevel: "No VIP",
      mktMakerLevel: "0",
      affiliateID: 0,
      rsaPublicKey: key?.rsaPublicKey ?? "",
      isMaster: true,
      parentUid: "0",
      kycLevel: "LEVEL_1",
      kycRegion: "MYS",
      ...{ userIDInt64: account.uid, inviterIDInt64: "0", affiliateIDInt64: "0" },
    };
    return new Reply(result, "");
  },
});
