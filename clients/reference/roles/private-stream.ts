/** What we have at the exchange, kept by the private stream and REST together, and a small order flow on it. */

import { telemetry } from "../../telemetry.ts";
import type { Role } from "../role.ts";

const tellEveryMs = 1_000;

const privateStream: Role = async ({ parts, settings, rest, warnings, budget, signal }) => {
  const ledger = parts.ledger();
  const reconciler = parts.reconciler({ rest, ledger });
  const session = parts.privateSession({ ...parts, reconciler, settings, rest, ledger, budget, warnings });
  let reported = "";
  const reporting = setInterval(() => {
    const summary = ledger.summary();
    const text = JSON.stringify(summary);
    if (!session.live || text === reported) return;
    reported = text;
    telemetry("ledger", summary);
  }, tellEveryMs);
  session.connection.start();
  const live = (): boolean => session.live;
  await parts.quoter({ rest, ledger, reconciler, symbols: settings.symbols, live, signal }).run();
  clearInterval(reporting);
  await session.connection.stop();
};

export default privateStream;
