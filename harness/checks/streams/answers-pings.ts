/**
 * Pings of the server are answered within a time: the client's event loop is not blocked, and it reads what it is sent.
 * That is its loop lag as seen from outside. It needs a scenario in which the exchange pings (the action `probe`).
 */

import { formatDuration } from "../../../core/units.ts";
import type { EndpointOption } from "../../incident/check.ts";
import { within } from "../../verdicts/within.ts";

export const answersPings = within<{ within: number } & EndpointOption>("answers-pings", {
  asks: ({ within }) => `answers the server's pings within ${formatDuration(within)}`,
  todo: "answer a ping",
  unjudged: "the exchange sent it no ping",
  occasions(evidence, { endpoint = "exchange-public" }) {
    const closedAt = new Map(evidence.streams(endpoint).map(({ connection, closed }) => [connection, closed?.at]));
    const pongs = Map.groupBy(evidence.all("connection.pong"), ({ connection }) => connection);
    return evidence.all("connection.pinged").flatMap((event) => {
      const { at, connection, nth } = event;
      // A later pong answers it as well.
      const pong = pongs.get(connection)?.find((one) => one.nth >= nth);
      const by = closedAt.get(connection);
      const occasion = { event, what: `${connection} was pinged`, at, until: pong?.at };
      return event.endpoint === endpoint ? [{ ...occasion, ...(by === undefined ? {} : { by }) }] : [];
    });
  },
});
