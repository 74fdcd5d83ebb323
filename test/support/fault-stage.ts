/**
 * A stage for the ground truth of faults: a testbed at the speed of the wall on an engine of either kind, and bare
 * sockets for a client. One engine serves all tests of a file; `close` ends it.
 */

import { onTestFinished } from "vitest";
import { incidentClock } from "../../core/clock.ts";
import type { EventType, JournalEvent } from "../../core/journal/event.ts";
import { Journal } from "../../core/journal/journal.ts";
import { minutes } from "../../core/units.ts";
import type { ClientProcess } from "../../harness/client/client-process.ts";
import type { Fault } from "../../harness/incident/fault.ts";
import { startReaper } from "../../harness/process/reaper.ts";
import { startEngine } from "../../harness/proxy/choose.ts";
import { playFault } from "../../harness/runner/play-fault.ts";
import type { TestbedSettings } from "../../harness/incident/testbed-settings.ts";
import { startTestbed, type Endpoint } from "../../harness/testbed/testbed.ts";
import { BareClient, watchLateness } from "./bare-client.ts";

/** A request of REST, and what ends its reply. */
export const request = "GET /v5/market/time HTTP/1.1\r\nHost: exchange\r\n\r\n";
export const reply = /"time":\d+}/;
/** A dial of a public stream. */
export const upgrade = [
  "GET /v5/public/linear HTTP/1.1",
  "Host: exchange",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "\r\n",
].join("\r\n");

export type EngineName = "embedded" | "binary";

export async function faultEngine(name: EngineName) {
  const reaper = startReaper();
  const engine = await startEngine(name, { seed: "1", reaper });
  let stages = 0;
  return {
    async stage(settings: TestbedSettings = {}) {
      stages += 1;
      const clock = incidentClock({ start: "2025-10-22T00:00:00Z", compression: 1 });
      const journal = new Journal(clock);
      const roles = ["market-data"];
      const id = `truth${stages}`;
      const testbed = await startTestbed({ ...settings, id, clock, journal, seed: "1", roles, engine, reaper });
      onTestFinished(() => testbed.close());
      const lateness = watchLateness(clock, engine.threads);
      onTestFinished(() => lateness.stop());
      let faults = 0;

      /** Resolves with the first event, past or to come, that fits. */
      const seen = <T extends EventType>(
        type: T,
        fits: (event: JournalEvent<T>) => boolean = () => true,
      ): Promise<JournalEvent<T>> =>
        new Promise((resolve) => {
          const look = (event: JournalEvent): boolean => {
            if (event.type !== type || !fits(event as unknown as JournalEvent<T>)) return false;
            resolve(event as unknown as JournalEvent<T>);
            return true;
          };
          if (journal.view().events.some(look)) return;
          const stop = journal.subscribe((event) => {
            if (look(event)) stop();
          });
        });

      return {
        engine: name,
        clock,
        journal,
        testbed,
        seen,
        sameMoment: (journalMs: number, clientMs: number) => lateness.sameMoment(journalMs, clientMs),
        /** A bare socket that has begun to dial an endpoint. */
        dial(endpoint: Endpoint): BareClient {
          const client = new BareClient(testbed.proxies[endpoint].port, clock);
          onTestFinished(() => client.destroy());
          return client;
        },
        /** One that is connected and has been answered, so that its connection is whole up to the mock. */
        async live(endpoint: Endpoint = "exchange-rest"): Promise<BareClient> {
          const client = this.dial(endpoint);
          client.send(endpoint === "exchange-rest" ? request : upgrade);
          await client.reads(endpoint === "exchange-rest" ? reply : "\r\n\r\n");
          client.sights.splice(0);
          return client;
        },
        fault(fault: Fault, during: () => Promise<unknown>, ttlMs = minutes(5)): Promise<void> {
          faults += 1;
          const play = async (): Promise<void> => {
            await during();
          };
          // No fault of the network or the servers asks for the client.
          const client = undefined as unknown as ClientProcess;
          return playFault(fault, play, { testbed, client, journal, clock, ttlMs, id: `fault-${faults}` });
        },
      };
    },
    async close() {
      await engine.stop();
      await reaper.close();
    },
  };
}

export type FaultEngine = Awaited<ReturnType<typeof faultEngine>>;
export type FaultStage = Awaited<ReturnType<FaultEngine["stage"]>>;
