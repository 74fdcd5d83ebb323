import { expect } from "vitest";
import down from "../../../harness/faults/network/down.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  cases: {
    "a live connection sees a FIN": async (stage) => {
      const client = await stage.live();
      await stage.fault(down({ endpoint }), async () => {
        const endMs = await client.sees("fin");
        const closed = await stage.seen("connection.closed");
        await stage.sameMoment(closed.at, endMs);
        await stage.seen("fault.landed");
      });
      await stage.live();
    },
    "a dial is refused, and lands it without a live connection": async (stage) => {
      await stage.fault(down({ endpoint }), async () => {
        const client = stage.dial(endpoint);
        const refusedMs = await client.sees("refused");
        expect(client.story).toEqual(["refused"]);
        const refused = await stage.seen("proxy.dial-refused");
        await stage.sameMoment(refused.at, refusedMs);
        await stage.seen("fault.landed");
      });
      await stage.live();
    },
  },
});
