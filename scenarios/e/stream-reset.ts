/**
 * Streams end without a word: FIN with nothing said, a reset in the middle of a frame, a reset between a subscription
 * and its answer, a reset of everything at once; and the private stream between auth and its ack, by a reset and by FIN.
 */

import { seconds } from "../../core/units.ts";
import { called } from "../../harness/check.ts";
import { oneSubscriptionEach } from "../../harness/checks/one-subscription-each.ts";
import { redials } from "../../harness/checks/redials.ts";
import { resubscribes } from "../../harness/checks/resubscribes.ts";
import reset from "../../harness/faults/network/reset.ts";
import stream from "../../harness/faults/server/stream.ts";
import { scenario } from "../../harness/scenario.ts";
import { topicsBack, topicsLive } from "../../harness/stream-moments.ts";

export default scenario({
  id: "stream-reset",
  report: "E",
  title: "Streams are reset or cut without a close frame: idle, within a frame, before an answer, before an ack",
  roles: ["market-data", "private-stream"],
  clock: {
    start: "2025-10-29T08:07:45Z",
    end: "2025-10-29T08:08:45Z",
    compression: 2,
    timezone: "UTC",
  },
  testbed: {
    symbols: ["BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "DOGEUSDT"],
    armReset: ["exchange-public", "exchange-private"],
  },

  async play({ client, until, fault }) {
    const back = (): Promise<boolean> => until(topicsBack(25), { orAfter: seconds(3) });
    const fin = (connection: number) =>
      stream({ stream: "public", match: { connection }, action: { do: "fin" }, times: 1 });

    await client.start();
    await until(topicsLive(25));
    await until(topicsLive(1, "exchange-private"));
    await fault(fin(1), back);

    const withinFrame = { on: "topic", connection: 2 } as const;
    await fault(stream({ stream: "public", match: withinFrame, action: { do: "mid-frame-reset" }, times: 1 }), back);

    const beforeAck = { on: "request", op: "subscribe" } as const;
    await fault(stream({ stream: "public", match: beforeAck, action: { do: "reset" }, times: 1 }), () =>
      fault(fin(3), back),
    );

    await fault(reset({ endpoint: "exchange-public" }), back);

    const privateFin = stream({ stream: "private", action: { do: "fin" }, times: 1 });
    const beforeAuthAck = { on: "request", op: "auth" } as const;
    for (const end of ["reset", "fin"]) {
      await fault(stream({ stream: "private", match: beforeAuthAck, action: { do: end }, times: 1 }), () =>
        fault(privateFin, () => until(topicsBack(1, "exchange-private"), { orAfter: seconds(5) })),
      );
    }
  },

  expect: [
    redials({ within: seconds(1) }),
    resubscribes({ within: seconds(5) }),
    called("private-resubscribes", resubscribes({ within: seconds(5), endpoint: "exchange-private" })),
    oneSubscriptionEach(),
  ],
  provenBy: { "broken/dies-on-socket-error": "redials" },
});
