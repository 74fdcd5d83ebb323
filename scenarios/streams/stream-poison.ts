/**
 * Messages that no handler can bear: no JSON, JSON cut short, everything of the wrong type, and one of 5 MB. Report D
 * asks that one bad event never kills the loop; that the next ones are acted on is seen by the orders.
 */

import { minutes, seconds } from "../../core/units.ts";
import { keepsStreams } from "../../harness/checks/streams/keeps-streams.ts";
import { tradesAgain } from "../../harness/checks/account/trades-again.ts";
import { oneSubscriptionEach } from "../../harness/checks/streams/one-subscription-each.ts";
import stream from "../../harness/faults/server/stream.ts";
import { everySymbolTradedAgain, tradesOfItself } from "../../harness/moments.ts";
import type { StreamRule } from "../../mock-exchange/stream/faults/rule.ts";
import { scenario, trial, type Trial } from "../../harness/incident/scenario.ts";

/** Of one symbol every topic that is never quiet brings such a message once: whichever it is that a client lives by. */
const poisoned = (id: string, action: StreamRule["action"], most = Infinity): Trial =>
  trial(id, async ({ settled, back, needs, until, wait, fault }) => {
    const { topics } = await settled("exchange-public");
    const lively = topics("exchange-public", /^(orderbook|tickers|publicTrade|kline)\./);
    const symbol = needs(lively[0], "an order book, a ticker, trades or candles").split(".").at(-1);
    await until(tradesOfItself, { orAfter: seconds(45) });
    const of = lively.filter((topic) => topic.endsWith(`.${symbol}`)).slice(0, most);
    const play = of.reduceRight(
      (during, topic) => () => fault(stream({ stream: "public", match: { topic }, action, times: 1 }), during),
      () => back({ within: seconds(30) }),
    );
    await play();
    await wait(seconds(11));
    await until(everySymbolTradedAgain, { orAfter: minutes(2) });
  });

export default scenario({
  id: "stream-poison",
  report: "D",
  title: "Messages that are no JSON, cut short, of the wrong types, or 5 MB large",
  roles: ["market-data", "trading"],
  clock: {
    start: "2025-10-29T07:35:00Z",
    end: "2025-10-29T07:42:00Z",
    timezone: "UTC",
  },
  testbed: { symbols: ["BTCUSDT", "ETHUSDT"], marketStepMs: 500 },

  trials: [
    poisoned("no-json", { do: "malformed", kind: "invalid-json" }),
    poisoned("cut-short", { do: "malformed", kind: "truncated-json" }),
    poisoned("wrong-types", { do: "malformed", kind: "wrong-types" }),
    poisoned("wrong-types-instead", { do: "malformed", kind: "wrong-types", instead: true }),
    // Several at once are more than the exchange lets wait for a reader.
    poisoned("5-mb", { do: "huge-frame", bytes: 5_000_000 }, 1),
  ],

  expect: [
    keepsStreams({ lasting: seconds(10) }),
    tradesAgain({ within: seconds(20), after: "a spoilt message" }),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/handler-kills-loop": { trial: "wrong-types-instead", check: "trades-again" } },
});
