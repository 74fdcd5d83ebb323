import { expect } from "vitest";
import resetOnData from "../../../harness/faults/network/reset-on-data.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  testbed: { armReset: [endpoint] },
  cases: {
    "an idle connection stays, and sees ECONNRESET for its next reply": async (stage) => {
      const client = await stage.live();
      await stage.fault(resetOnData({ endpoint, direction: "downstream" }), async () => {
        expect(client.sights).toEqual([]);
        client.send(request);
        const resetMs = await client.sees("rst");
        expect(client.story).toEqual(["rst"]);
        expect(client.text).not.toMatch(reply);
        const closed = await stage.seen("connection.closed");
        expect(closed.how).toBe("reset");
        await stage.sameMoment(closed.at, resetMs);
        await stage.seen("fault.landed");
      });
    },
  },
});
