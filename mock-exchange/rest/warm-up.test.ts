import { expect, onTestFinished, test } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { startExchange } from "../server.ts";
import { warmUpRest } from "./warm-up.ts";

test("everything that it asks for is answered, and the journal does not know of it", async () => {
  const clock = incidentClock({ start: "2025-07-14T09:00:00Z", compression: 1 });
  const journal = new Journal(clock);
  const exchange = await startExchange({ clock, journal, symbols: ["BTCUSDT", "NEWUSDT"], keys: [] });
  onTestFinished(() => exchange.close());
  const replies = warmUpRest(exchange.state);
  expect(replies).toHaveLength(2 * 8);
  expect(replies.filter(({ said }) => said?.retCode !== 0)).toEqual([]);
  expect(journal.view().events).toEqual([]);
});
