import { expect } from "vitest";
import signal from "../../../harness/faults/server/signal.ts";
import { truth } from "../truth.ts";

/** A text frame as a client sends it, with a mask of zeros. */
const frame = (text: string): string => `\x81${String.fromCharCode(0x80 | text.length)}\0\0\0\0${text}`;

export default truth({
  cases: {
    "a close frame, and TCP is never ended": async (stage) => {
      const client = await stage.live("signal");
      const leaves = signal({ match: { on: "ping" }, action: { do: "close", code: 1000, leavesTcp: true } });
      await stage.fault(leaves, async () => {
        client.send(frame(JSON.stringify({ type: "ping" })));
        const readMs = await client.reads("\x88\x02\x03\xe8");
        const hit = await stage.seen("rule.hit");
        await stage.sameMoment(hit.at, readMs);
        await stage.seen("fault.landed");
      });
      expect(client.story).not.toContain("rst");
      expect(client.story).not.toContain("fin");
    },
  },
});
