import { expect } from "vitest";
import slicer from "../../../harness/faults/network/slicer.ts";
import { reply, request } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

export default truth({
  cases: {
    "a reply comes in pieces, whole in the end": async (stage) => {
      const client = await stage.live();
      await stage.fault(slicer({ endpoint: "exchange-rest", averageBytes: 50, delayMs: 5 }), async () => {
        client.send(request);
        await client.reads(reply);
        await stage.seen("fault.landed");
      });
      const pieces = client.sights.map(({ data }) => data.length);
      expect(pieces.length).toBeGreaterThan(2);
      expect(Math.max(...pieces)).toBeLessThan(client.text.length);
    },
  },
});
