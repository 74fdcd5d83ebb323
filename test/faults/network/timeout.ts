import { expect } from "vitest";
import timeout from "../../../harness/faults/network/timeout.ts";
import { request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const timeoutMs = 100;

export default truth({
  cases: {
    "no byte of a reply comes, then a FIN": async (stage) => {
      const client = await stage.live();
      await stage.fault(timeout({ endpoint: "exchange-rest", timeoutMs }), async () => {
        client.send(request);
        const endMs = await client.sees("fin");
        expect(client.text).toBe("");
        expect(client.story).toEqual(["fin"]);
        const { proof } = await stage.seen("fault.landed");
        const met = stage.journal.view().events[proof];
        const metMs = met?.type === "proxy.toxic-hit" ? met.seenAtMs : (met?.at ?? NaN);
        await stage.sameMoment(metMs + timeoutMs, endMs);
      });
    },
  },
});
