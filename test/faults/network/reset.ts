import { expect } from "vitest";
import reset from "../../../harness/faults/network/reset.ts";
import type { Endpoint } from "../../../harness/testbed/testbed.ts";
import { reply, request, type FaultStage } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

const streamReset = (target: Endpoint) => async (stage: FaultStage) => {
  const client = await stage.live(target);
  await stage.fault(reset({ endpoint: target }), async () => {
    const resetMs = await client.sees("rst");
    expect(client.story).toEqual(["rst"]);
    const closed = await stage.seen("connection.closed");
    expect(closed).toMatchObject({ how: "reset", by: "network", code: 1006 });
    await stage.sameMoment(closed.at, resetMs);
    await stage.seen("fault.landed");
  });
};

export default truth({
  testbed: { armReset: [endpoint, "exchange-public", "signal"] },
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
    "a stream sees ECONNRESET, and the mock's end does": streamReset("exchange-public"),
    "a client of the signal server sees ECONNRESET, and the server's end does": streamReset("signal"),
  },
});
