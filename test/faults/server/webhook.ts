import { expect } from "vitest";
import webhook from "../../../harness/faults/server/webhook.ts";
import { webhookPath } from "../../../mock-webhook/address.ts";
import { truth } from "../truth.ts";

const body = '{"content":"blind"}';
const post = `POST ${webhookPath} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

export default truth({
  cases: {
    "a 500 instead of an answer": async (stage) => {
      const client = stage.dial("webhook");
      await stage.fault(webhook({ action: { do: "status", code: 500 } }), async () => {
        client.send(post);
        const readMs = await client.reads("HTTP/1.1 500 ");
        const ended = await stage.seen("webhook.request");
        expect(ended).toMatchObject({ status: 500, message: null });
        await stage.sameMoment(ended.at, readMs);
        await stage.seen("fault.landed");
      });
    },
    "a message that is taken and never answered": {
      testbed: { armReset: ["webhook"] },
      async play(stage) {
        const client = stage.dial("webhook");
        await stage.fault(webhook({ action: { do: "reset", takenFirst: true } }), async () => {
          client.send(post);
          const endMs = await client.sees("rst");
          const taken = await stage.seen("webhook.accepted");
          await stage.sameMoment(taken.at, endMs);
          await stage.seen("fault.landed");
        });
        expect(client.text).toBe("");
      },
    },
  },
});
