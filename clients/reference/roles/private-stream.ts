/** What we have at the exchange, kept by the private stream and REST together, and a small order flow on it. */

import { telemetry } from "../../telemetry.ts";
import { Quoter } from "../private/quoter.ts";
import type { Role } from "../role.ts";

const tellEveryMs = 1_000;

const privateStream: Role = async ({ parts, settings, rest, warnings, budget, signal }) => {
  const ledger = parts.ledger();
  const session = parts.privateSession({ ...parts, settings, rest, ledger, budget, warnings });
  let reported = "";
  const reporting = setInterval(() => {
    const summary = ledger.summary();
    const text = JSON.stringify(summary);
    if (!session.live || text === reported) return;
    reported = text;
    telemetry("ledger", summary);
  }, tellEveryMs);
  session.connection.start();
  await new Quoter({ rest, ledger, symbols: settings.symbols, live: () => session.live, signal }).run();
  clearInterval(reporting);
  await session.connection.stop();
};

export default privateStream;
