import { expect } from "vitest";
import refuse from "../../../harness/faults/network/refuse.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  only: "embedded",
  cases: {
    "a dial is refused while a live connection goes on": async (stage) => {
      const live = await stage.live();
      await stage.fault(refuse({ endpoint }), async () => {
        const client = stage.dial(endpoint);
        const refusedMs = await client.sees("refused");
        const refused = await stage.seen("proxy.dial-refused");
        await stage.sameMoment(refused.at, refusedMs);
        await stage.seen("fault.landed");
        live.send(request);
        await live.reads(reply);
      });
      await stage.live();
      expect(live.story).toEqual([]);
    },
  },
});
