/** What a scenario may fix of the testbed that it is played in; what it leaves out is as always. */

import type { WaveOverride } from "../../mock-signal-server/signal.ts";
import type { Endpoint } from "./endpoints.ts";

export interface TestbedSettings {
  symbols?: readonly string[];
  /** Signals in the initial batch. */
  bufferSize?: number;
  /** Waves with a fixed size, by ISO time. */
  waves?: Readonly<Record<string, WaveOverride>>;
  /**
   * Endpoints whose connections will be reset, by the network or by the mock: the proxies have to know before the
   * client connects. Elsewhere a mock's reset reaches the client as a FIN.
   */
  armReset?: readonly Endpoint[];
  /** Every state of every book that is streamed goes to the journal as a checksum, a line each. */
  witnessBooks?: boolean;
  /**
   * Incident ms of one step of the market, a whole part of a minute; default 100. Whoever watches a book gets a message
   * a step, so a night may say 5000.
   */
  marketStepMs?: number;
  /** Books are pushed at Bybit's intervals, 10 to 200 ms by depth, on a market of 10 ms steps; each costs. Default false. */
  pacedBooks?: boolean;
}
