/**
 * 20,000 malformed requests to the webhook sink: each gets a refusal that says what is wrong, none is taken, and a right
 * message is still taken afterwards. The sink runs in this process, where a crash fails the test.
 */

import { expect, test } from "vitest";
import { incidentClock, type Clock } from "../../core/clock.ts";
import type { JournalEvent, JournalSink } from "../../core/journal/event.ts";
import { random, type Random } from "../../core/random.ts";
import { webhook, webhookPath } from "../../mock-webhook/address.ts";
import { startWebhookServer } from "../../mock-webhook/server.ts";
import { talk } from "./support/http-wire.ts";
import { brokenJson, inherited, jsonButObject, junkText, nested } from "./support/junk.ts";
import { rawRequest, type Parts } from "./support/requests.ts";

const cases = 20_000;
const onOneConnection = 100;
const json = "Content-Type: application/json";
const post = (body: string | Buffer, ...headers: string[]): Parts => ({
  ...{ method: "POST", target: webhookPath, headers: headers.length === 0 ? [json] : headers, body },
});

const spoiled: readonly ((random: Random) => Parts)[] = [
  (random) => post(brokenJson(random)),
  (random) => post(jsonButObject(random)),
  (random) => post(JSON.stringify({ content: random.pick([1, true, [], {}, "x".repeat(2_001), "", null]) })),
  (random) =>
    post(JSON.stringify({ content: "x", embeds: random.pick([1, "x", {}, [1], [null], Array(11).fill({})]) })),
  (random) => post(JSON.stringify({ embeds: [{ fields: Array(26).fill({ name: "a", value: junkText(random) }) }] })),
  (random) =>
    post(JSON.stringify({ embeds: [{ fields: [{ name: "a", value: junkText(random) + "x".repeat(1_024) }] }] })),
  (random) => post(JSON.stringify({ embeds: Array(3).fill({ description: junkText(random) + "y".repeat(2_100) }) })),
  (random) => post(`{"embeds":${nested("[", "]", random.integer(1, 500))}}`),
  (random) => post(`{"${random.pick(inherited)}":1}`),
  (random) => post('{"content":"x"}', `Content-Type: ${junkText(random)}`),
  (random) => post(junkText(random), "Content-Type: multipart/form-data; boundary=x"),
  (random) =>
    post(junkText(random), `Content-Type: multipart/form-data${random.pick(["", "; boundary=", ";boundary"])}`),
  (random) => post(`payload_json=${junkText(random)}`, "Content-Type: application/x-www-form-urlencoded"),
  (random) => ({ ...post('{"content":"x"}'), target: `/api/webhooks/${junkText(random)}` }),
  (random) => ({ ...post('{"content":"x"}'), target: `/api/webhooks/${webhook.id}/${random.integer(1, 9_999)}` }),
  (random) => ({ ...post('{"content":"x"}'), method: random.pick(["PUT", "PATCH", "DELETE", "OPTIONS"]) }),
];

test(`each of ${cases} malformed requests is refused in words, and a right one is taken afterwards`, async () => {
  let nowMs = 0;
  // Ten seconds from one look to the next: no limit of the rate is ever met.
  const clock: Clock = {
    ...incidentClock({ start: "2025-07-23T14:20:00Z", compression: 1 }),
    now: () => (nowMs += 10_000),
    elapsed: () => nowMs,
  };
  let taken = 0;
  const journal: JournalSink = {
    write(type, data) {
      if (type === "webhook.accepted") taken += 1;
      return { seq: 1, at: 0, type, ...data } as unknown as JournalEvent<typeof type>;
    },
  };
  const sink = await startWebhookServer({ clock, journal });
  const seeded = random("webhook");
  const wrong: string[] = [];
  for (let nth = 0; nth < cases; nth += onOneConnection) {
    const batch = Array.from({ length: onOneConnection }, (_, n) => spoiled[(nth + n) % spoiled.length]?.(seeded));
    const parts = batch.filter((one) => one !== undefined);
    const { replies } = await talk(sink.port, Buffer.concat(parts.map(rawRequest)), parts.length);
    parts.forEach((part, n) => {
      const reply = replies[n];
      const isRefused = reply !== undefined && reply.status >= 400 && reply.status < 500 && reply.status !== 429;
      if (isRefused && /"message":"[^"]+"/.test(reply.body)) return;
      wrong.push(`${nth + n}: ${rawRequest(part).toString("latin1").slice(0, 300)} got ${JSON.stringify(reply)}`);
    });
  }
  expect(wrong.slice(0, 5)).toEqual([]);
  expect(taken).toBe(0);
  const right = await talk(sink.port, rawRequest(post('{"content":"BTCUSDT is blind"}')), 1);
  expect(right.replies[0]?.status).toBe(204);
  expect(taken).toBe(1);
  await sink.close();
});
