import { expect } from "vitest";
import fin from "../../../harness/faults/network/fin.ts";
import { truth } from "../truth.ts";

export default truth({
  cases: {
    "an idle connection sees a FIN and no reset, and the next dial succeeds": async (stage) => {
      const client = await stage.live();
      await stage.fault(fin({ endpoint: "exchange-rest" }), async () => {
        const endMs = await client.sees("fin");
        expect(client.story).toEqual(["fin"]);
        const closed = await stage.seen("connection.closed");
        expect(closed.how).toBe("fin");
        await stage.sameMoment(closed.at, endMs);
        await stage.seen("fault.landed");
        if (stage.engine === "embedded") {
          const cut = await stage.seen("proxy.connection-closed");
          expect(cut).toMatchObject({ by: "toxic", how: "fin", toClient: "fin" });
        }
      });
      await stage.live();
    },
  },
});
