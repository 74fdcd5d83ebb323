import { startSignalServer } from "../../../mock-signal-server/server.ts";
import type { MockKind } from "../mock-kind.ts";

const token = "firedrill-token";

export default {
  name: "signal",
  summary: "the signal feed of report B",
  async start(options) {
    const server = await startSignalServer({ ...options, token });
    return { lines: [`WebSocket  ${server.url}`, `token      ${token}`], close: () => server.close() };
  },
} satisfies MockKind;
