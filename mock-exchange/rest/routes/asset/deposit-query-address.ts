/** Where coins could be sent to: a text that nobody can take for an address, because they would be lost. */

import { chainOf } from "../../../engine/orders/chains.ts";
import { paramsError } from "../../../protocol/ret-codes.ts";
import { Reply, route } from "../../route.ts";

export default route({
  method: "GET",
  path: "/v5/asset/deposit/query-address",
  auth: "private",
  limit: { allowed: 300, windowMs: 60_000 },
  handle: ({ query }) => {
    const coin = query.get("coin") ?? "";
    if (!/^[A-Z0-9]{1,20}$/.test(coin)) throw paramsError("coin invalid");
    const chain = chainOf(coin);
    const wanted = query.get("chainType") ?? "";
    const address = {
      ...{ chainType: chain, addressDeposit: "firedrill-mock-no-address", tagDeposit: "", chain },
      ...{ batchReleaseLimit: "-1", contractAddress: "" },
    };
    return new Reply({ coin, chains: wanted === "" || wanted === chain ? [address] : [] }, "success");
  },
});
