/** The two engines that must behave alike: ours, and the real Toxiproxy where this machine has it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe } from "vitest";
import { wallClock } from "../../core/clock.ts";
import { startEmbedded } from "../../toxiproxy/embedded.ts";
import { available } from "../support/requirements.ts";

export interface Engine {
  url: string;
  close(): Promise<void>;
}

const engines: { name: string; missing: boolean; start: () => Promise<Engine> }[] = [
  { name: "embedded", missing: false, start: () => startEmbedded() },
  { name: "toxiproxy", missing: !available("toxiproxy"), start: startToxiproxy },
];

/** Runs the same cases on every engine. */
export function onEveryEngine(title: string, cases: (engine: () => Engine) => void): void {
  for (const { name, missing, start } of engines) {
    describe.skipIf(missing)(`${title} (${name})`, () => {
      let engine: Engine | undefined;
      beforeAll(async () => {
        engine = await start();
      });
      afterAll(() => engine?.close());
      cases(() => {
        if (engine === undefined) throw new Error("the engine has not started");
        return engine;
      });
    });
  }
}

export async function startToxiproxy(): Promise<Engine> {
  const port = await freePort();
  const options = ["-host", "127.0.0.1", "-port", String(port)];
  const child = spawn("toxiproxy-server", options, { stdio: "ignore", env: { ...process.env, LOG_LEVEL: "fatal" } });
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) await wallClock.sleep(10);
  return {
    url,
    async close() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url}/version`).then(
    () => true,
    () => false,
  );

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
