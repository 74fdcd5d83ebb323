/** What became of auth on each private connection, as the exchange saw it. */

import type { JournalEvent } from "../../../core/journal/event.ts";
import type { JournalView } from "../../../core/journal/view.ts";

type Request = JournalEvent<"exchange.stream-request">;

export interface AuthLife {
  opened: JournalEvent<"connection.opened">;
  closed: JournalEvent<"connection.closed"> | undefined;
  /** Each time the client sent its proof. */
  proofs: Request[];
  /** The event with which the answer "yes" went out; undefined where none did. */
  ack: JournalEvent | undefined;
  /** Other frames that the client sent, but for pings. */
  frames: Request[];
}

const noFrames = ["auth", "ping", "ping-frame", "pong"];

/** In the order they were opened. */
export function authLives(journal: JournalView, endpoint = "exchange-private"): AuthLife[] {
  const requests = Map.groupBy(journal.all("exchange.stream-request"), ({ connection }) => connection);
  const answers = journal.all("exchange.stream-answered");
  return journal
    .all("connection.opened")
    .filter((event) => event.endpoint === endpoint)
    .map((opened) => {
      const { connection } = opened;
      const own = requests.get(connection) ?? [];
      const proofs = own.filter(({ op }) => op === "auth");
      const yes = proofs.find(({ success }) => success);
      const late = answers.find((event) => event.connection === connection && event.op === "auth");
      return {
        opened,
        closed: journal.first("connection.closed", (event) => event.connection === connection),
        proofs,
        ack: yes === undefined ? undefined : yes.answered ? yes : late,
        frames: own.filter(({ op }) => !noFrames.includes(op)),
      };
    });
}
