import { expect } from "vitest";
import slowClose from "../../../harness/faults/network/slow-close.ts";
import { reply } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

const delayMs = 100;
const last = "GET /v5/market/time HTTP/1.1\r\nHost: exchange\r\nConnection: close\r\n\r\n";

export default truth({
  cases: {
    "the server's close comes late, its reply does not": async (stage) => {
      const client = await stage.live();
      await stage.fault(slowClose({ endpoint: "exchange-rest", delayMs }), async () => {
        client.send(last);
        const readMs = await client.reads(reply);
        const endMs = await client.sees("fin");
        expect(endMs - readMs).toBeGreaterThan(delayMs - 5);
        if (stage.engine === "embedded") {
          const hit = await stage.seen("proxy.toxic-hit");
          await stage.sameMoment(hit.seenAtMs + delayMs, endMs);
        }
        // A real client closes in return; only then is the connection gone for the mock.
        client.destroy();
        await stage.seen("fault.landed");
      });
    },
  },
});
