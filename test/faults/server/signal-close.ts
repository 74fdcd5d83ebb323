import { expect } from "vitest";
import close from "../../../harness/faults/server/signal-close.ts";
import { truth } from "../truth.ts";

/** A text frame as a client sends it, with a mask of zeros. */
const frame = (text: string): string => `\x81${String.fromCharCode(0x80 | text.length)}\0\0\0\0${text}`;

export default truth({
  cases: {
    "a close frame with the code, and nobody had asked for anything": async (stage) => {
      const client = await stage.live("signal");
      client.send(frame(JSON.stringify({ type: "auth", token: stage.testbed.contract.FIREDRILL_SIGNAL_TOKEN })));
      await stage.seen("connection.authenticated");
      await stage.fault(close({ code: 1000 }), async () => {
        const readMs = await client.reads("\x88\x02\x03\xe8");
        const hit = await stage.seen("rule.hit");
        await stage.sameMoment(hit.at, readMs);
        await stage.seen("fault.landed");
      });
      expect(client.story).not.toContain("rst");
    },
  },
});
