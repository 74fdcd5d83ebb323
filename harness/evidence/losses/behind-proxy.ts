/**
 * Which of a mock's connections is behind one of the proxy's. The proxy and the mock name them apart, each in the order
 * it accepts; what they share is a port, the proxy's own end. A port may be used again, by a later connection: of two
 * with the same port the first is the first on both sides.
 */

import type { JournalView } from "../../../core/journal/view.ts";

/** The proxy's name (`exchange-public/3`) -> the mock's (`public-3`); undefined where the mock never had it. */
export function behindProxy(journal: JournalView): (connection: string) => string | undefined {
  const seenByProxy = journal.all("proxy.upstream-connected");
  const seenByMock = journal
    .all("connection.dialled", "connection.opened")
    .filter((event) => event.peerPort !== undefined);
  if (seenByMock.length === 0 || seenByProxy.length === 0) return byNumber;
  const mocks = Map.groupBy(seenByMock, ({ endpoint, peerPort }) => `${endpoint} ${peerPort ?? ""}`);
  const names = new Map<string, string>();
  for (const [key, proxies] of Map.groupBy(seenByProxy, ({ endpoint, localPort }) => `${endpoint} ${localPort}`)) {
    proxies.forEach(({ connection }, n) => {
      const name = mocks.get(key)?.[n]?.connection;
      if (name !== undefined) names.set(connection, name);
    });
  }
  return (connection) => names.get(connection);
}

/** A journal from before the ports were recorded: both count in the order they accept, as long as every dial gets through. */
function byNumber(connection: string): string {
  const [endpoint = "", n = ""] = connection.split("/");
  return `${endpoint.replace("exchange-", "")}-${n}`;
}
