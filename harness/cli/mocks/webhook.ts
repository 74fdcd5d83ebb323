import { startWebhookServer } from "../../../mock-webhook/server.ts";
import type { MockKind } from "../mock-kind.ts";

export default {
  name: "webhook",
  summary: "a webhook as Discord has it",
  async start(options) {
    const server = await startWebhookServer(options);
    const body = `-H 'content-type: application/json' -d '{"content":"BTCUSDT is blind"}'`;
    const lines = [`webhook  ${server.url}`, `curl     curl -i '${server.url}?wait=true' ${body}`];
    return { lines, close: () => server.close() };
  },
} satisfies MockKind;
