import { expect } from "vitest";
import acceptAndHang from "../../../harness/faults/network/accept-and-hang.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const endpoint = "exchange-rest";

export default truth({
  only: "embedded",
  cases: {
    "a dial is accepted and a request on it never answered; live connections go on": async (stage) => {
      const live = await stage.live();
      let client = live;
      await stage.fault(acceptAndHang({ endpoint }), async () => {
        client = stage.dial(endpoint);
        const connectedMs = await client.sees("connected");
        client.send(request);
        const { proof } = await stage.seen("fault.landed");
        const hit = stage.journal.view().events[proof];
        await stage.sameMoment(hit?.type === "proxy.toxic-hit" ? hit.seenAtMs : NaN, connectedMs);
        live.send(request);
        await live.reads(reply);
      });
      await stage.live();
      expect(client.sights.map(({ what }) => what)).toEqual(["connected"]);
    },
  },
});
