import { expect } from "vitest";
import reset from "../../../harness/faults/network/reset.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  testbed: { armReset: [endpoint, "exchange-public"] },
  cases: {
    "an idle connection sees ECONNRESET and no FIN, and the next dial succeeds": async (stage) => {
      const client = await stage.live();
      await stage.fault(reset({ endpoint }), async () => {
        const resetMs = await client.sees("rst");
        expect(client.story).toEqual(["rst"]);
        const closed = await stage.seen("connection.closed");
        expect(closed).toMatchObject({ how: "reset", by: "network" });
        await stage.sameMoment(closed.at, resetMs);
        await stage.seen("fault.landed");
        if (stage.engine === "embedded") {
          const cut = await stage.seen("proxy.connection-closed");
          expect(cut).toMatchObject({ by: "toxic", how: "rst", toClient: "rst" });
          await stage.sameMoment(cut.seenAtMs, resetMs);
        }
      });
      const next = await stage.live();
      next.send(request);
      await next.reads(reply);
    },
    "a stream sees ECONNRESET, and the mock's end does": async (stage) => {
      const client = await stage.live("exchange-public");
      await stage.fault(reset({ endpoint: "exchange-public" }), async () => {
        const resetMs = await client.sees("rst");
        expect(client.story).toEqual(["rst"]);
        const closed = await stage.seen("connection.closed");
        expect(closed).toMatchObject({ how: "reset", by: "network", code: 1006 });
        await stage.sameMoment(closed.at, resetMs);
        await stage.seen("fault.landed");
      });
    },
  },
});
