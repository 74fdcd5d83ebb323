/** The client is stopped by a signal and started again at once: a deploy, or a supervisor that replaces it. */

import { faultKind } from "../../incident/fault.ts";

export interface RestartOptions {
  /** Default SIGTERM. */
  signal?: "SIGINT" | "SIGTERM" | "SIGKILL";
}

export default faultKind<RestartOptions>({
  kind: "process.restart",
  summary: "the client is ended by a signal and started again",
  endpoint: "client",
  awaits: "a client that runs",
  async arm({ client }, { signal = "SIGTERM" }) {
    const before = client.pid;
    if (before !== undefined) {
      await client.stop(signal, "fault");
      await client.start();
    }
    return {
      landing: (event) =>
        event.type === "client.started" && before !== undefined
          ? `the client was started again as process ${event.pid}`
          : undefined,
      heal: () => undefined,
    };
  },
});
