import { expect } from "vitest";
import connectionLimit from "../../../harness/faults/server/connection-limit.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  cases: {
    // The proxy makes a FIN of the mock's reset, unless the scenario has armed it.
    "a connection beyond the limit ends as it is made, one within it is answered": async (stage) => {
      await stage.fault(connectionLimit({ perSecond: 1 }), async () => {
        const within = stage.dial(endpoint);
        within.send(request);
        await stage.seen("connection.opened");
        const beyond = stage.dial(endpoint);
        const endMs = await beyond.sees("fin");
        const closed = await stage.seen("connection.closed");
        expect(closed).toMatchObject({ by: "server", how: "reset" });
        await stage.sameMoment(closed.at, endMs);
        await within.reads(reply);
      });
    },
  },
});
