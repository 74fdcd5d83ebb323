import bandwidth from "../../../harness/faults/network/bandwidth.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const rateKBps = 2;

export default truth({
  cases: {
    "a reply takes its size over the rate": async (stage) => {
      const client = await stage.live();
      await stage.fault(bandwidth({ endpoint: "exchange-rest", rateKBps }), async () => {
        client.send(request);
        const readMs = await client.reads(reply);
        const { proof } = await stage.seen("fault.landed");
        const met = stage.journal.view().events[proof];
        const metMs = met?.type === "proxy.toxic-hit" ? met.seenAtMs : (met?.at ?? NaN);
        await stage.sameMoment(metMs + client.text.length / rateKBps, readMs);
      });
    },
  },
});
