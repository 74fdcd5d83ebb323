import { expect } from "vitest";
import resetNewConnections from "../../../harness/faults/network/reset-new-connections.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  only: "embedded",
  cases: {
    "a dial sees ECONNRESET; live connections go on": async (stage) => {
      const live = await stage.live();
      await stage.fault(resetNewConnections({ endpoint }), async () => {
        const client = stage.dial(endpoint);
        const resetMs = await client.sees("rst");
        expect(client.story).not.toContain("fin");
        const closed = await stage.seen("proxy.connection-closed");
        expect(closed).toMatchObject({ by: "toxic", how: "rst", toClient: "rst" });
        await stage.sameMoment(closed.seenAtMs, resetMs);
        await stage.seen("fault.landed");
        live.send(request);
        await live.reads(reply);
      });
      await stage.live();
    },
  },
});
