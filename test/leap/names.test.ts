/** Names under .invalid have no address, and nobody is asked: it takes no time, and whoever listens is told. */

import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, test as anywhere } from "vitest";
import { runOnClock } from "./conformance/on-clock.ts";

const test = anywhere.runIf(process.platform === "linux");

test("a lookup of such a name fails at once and is told; others go their way", async () => {
  const told: string[] = [];
  const socket = createSocket("udp4", (name) => told.push(name.toString()));
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const program = `
    const { lookup } = require("node:dns/promises");
    const asked = ["webhook.invalid", "webhook.invalid.", "localhost", "127.0.0.1"];
    Promise.all(asked.map((name) => lookup(name, 4).then(({ address }) => address, ({ code }) => code)))
      .then((found) => console.log(JSON.stringify(found)));`;
  try {
    const { stdout, stderr, report } = await runOnClock([process.execPath, "-e", program], {
      limitMs: 60_000,
      env: { FIREDRILL_LOOKUPS: String(socket.address().port) },
    });
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual(["ENOTFOUND", "ENOTFOUND", "127.0.0.1", "127.0.0.1"]);
    await expect.poll(() => told.toSorted()).toEqual(["webhook.invalid", "webhook.invalid."]);
    expect(report.outsiders).toEqual([]);
  } finally {
    socket.close();
  }
});
