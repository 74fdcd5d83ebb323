import { expect } from "vitest";
import limitData from "../../../harness/faults/network/limit-data.ts";
import { request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

export default truth({
  only: "embedded",
  cases: {
    "so many bytes of a reply come, then a FIN": async (stage) => {
      const client = await stage.live();
      await stage.fault(limitData({ endpoint: "exchange-rest", bytes: 40 }), async () => {
        client.send(request);
        const endMs = await client.sees("fin");
        expect(client.text).toHaveLength(40);
        expect(client.story).toEqual(["fin"]);
        const hit = await stage.seen("proxy.toxic-hit");
        await stage.sameMoment(hit.seenAtMs, endMs);
        await stage.seen("fault.landed");
      });
    },
  },
});
