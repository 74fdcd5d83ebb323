import { expect, test } from "vitest";
import { at, journalOf, line } from "../../../test/support/journal.ts";
import { behindProxy } from "./behind-proxy.ts";

const endpoint = "exchange-public";
const proxied = (time: string, connection: string, localPort: number) =>
  line(time, "proxy.upstream-connected", { endpoint, connection, seenAtMs: at(time), localPort });
const dialled = (time: string, connection: string, peerPort: number) =>
  line(time, "connection.dialled", { endpoint, connection, peerPort });

test("a connection is found by its port, whatever its number and whoever was written first", () => {
  const mockName = behindProxy(
    journalOf(
      dialled("22:01", "public-1", 5_001),
      proxied("22:01", "exchange-public/2", 5_001),
      proxied("22:02", "exchange-public/3", 5_003),
      dialled("22:02.1", "public-2", 5_003),
    ),
  );
  expect(["/1", "/2", "/3"].map((n) => mockName(endpoint + n))).toEqual([undefined, "public-1", "public-2"]);
});

test("a port that is used again is another connection", () => {
  const mockName = behindProxy(
    journalOf(
      dialled("22:01", "public-1", 5_001),
      proxied("22:01", "exchange-public/1", 5_001),
      dialled("22:09", "public-2", 5_001),
      proxied("22:09", "exchange-public/4", 5_001),
    ),
  );
  expect(["/1", "/4"].map((n) => mockName(endpoint + n))).toEqual(["public-1", "public-2"]);
});

test("the same port at another endpoint is another connection", () => {
  const signal = line("22:01", "connection.opened", { endpoint: "signal", connection: "signal-1", peerPort: 5_001 });
  const mockName = behindProxy(journalOf(signal, proxied("22:01", "exchange-public/1", 5_001)));
  expect(mockName("exchange-public/1")).toBeUndefined();
});

test("without ports both are counted", () => {
  expect(behindProxy(journalOf())("exchange-public/3")).toBe("public-3");
});
