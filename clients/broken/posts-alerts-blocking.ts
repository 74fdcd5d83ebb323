/** Posts alerts in a call that blocks its only thread until the webhook has answered, as `requests` in a coroutine does. */

import { spawnSync } from "node:child_process";
import type { AlertMessage } from "../reference/alerts/payload.ts";
import { NotDelivered, type Outcome, type Webhook } from "../reference/alerts/webhook.ts";
import { broken } from "../reference/parts.ts";

const timeoutMs = 10_000;
const post = `
  const [url, body] = process.argv.slice(1);
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.timeout(${timeoutMs});
  fetch(url, { method: "POST", headers, body, signal }).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1));`;

class Blocking implements Webhook {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  send(message: AlertMessage): Promise<Outcome> {
    const { status } = spawnSync(process.execPath, ["-e", post, this.#url, JSON.stringify(message)]);
    return status === 0 ? Promise.resolve({ is: "delivered" }) : Promise.reject(new NotDelivered("no answer", true));
  }
}

export default broken("blocks its thread until the webhook has answered", { webhook: (url) => new Blocking(url) });
