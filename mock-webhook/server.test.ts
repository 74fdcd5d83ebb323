/** The sink as a sender sees it: what it takes, what it refuses in Discord's words, and what its faults do. */

import { afterEach, expect, test } from "vitest";
import { incidentClock } from "../core/clock.ts";
import type { EventType, JournalEvent } from "../core/journal/event.ts";
import { Journal } from "../core/journal/journal.ts";
import { hours, seconds } from "../core/units.ts";
import type { WebhookRule } from "./faults/webhook-faults.ts";
import { startWebhookServer } from "./server.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function sink({ compression = 1 } = {}) {
  const clock = incidentClock({ start: "2025-07-23T14:20:00Z", compression });
  const journal = new Journal(clock);
  const server = await startWebhookServer({ clock, journal });
  closers.push(() => server.close());
  const post = (body: unknown, query = ""): Promise<Response> =>
    fetch(server.url + query, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    ...{ clock, server, journal, post },
    arm: (rule: Omit<WebhookRule, "ttlMs">) => server.faults.arm({ ...rule, ttlMs: hours(1) }),
    all: <T extends EventType>(type: T): JournalEvent<T>[] => journal.view().all(type),
    seen: <T extends EventType>(type: T) =>
      new Promise<JournalEvent<T>>((resolve) => {
        const there = journal.view().first(type);
        if (there !== undefined) resolve(there);
        else journal.subscribe((event) => event.type === type && resolve(event as never));
      }),
  };
}

test("a message is taken: 204, or shown where the sender waits for it", async () => {
  const { post, all } = await sink();
  const taken = await post({ content: "BTCUSDT is blind" });
  expect([taken.status, await taken.text()]).toEqual([204, ""]);
  expect(taken.headers.get("x-ratelimit-remaining")).toBe("4");
  const shown = await post({ embeds: [{ title: "outage", fields: [{ name: "age", value: "12 s" }] }] }, "?wait=true");
  expect(shown.status).toBe(200);
  expect(await shown.json()).toMatchObject({ embeds: [{ title: "outage" }], webhook_id: expect.any(String) as string });
  expect(all("webhook.accepted")).toMatchObject([
    { text: "BTCUSDT is blind", fields: 0 },
    { text: "outage\nage: 12 s", fields: 1, characters: "outage".length + "age".length + "12 s".length },
  ]);
  expect(all("webhook.request")).toMatchObject([
    { outcome: "answered", status: 204, message: all("webhook.accepted")[0]?.message },
    { outcome: "answered", status: 200, earlyMs: 0 },
  ]);
});

test("a form is taken with its files, and one without a word with a file", async () => {
  const { server, all } = await sink();
  const form = new FormData();
  form.append("payload_json", JSON.stringify({ content: "see the log" }));
  form.append("files[0]", new Blob(["line"]), "client.log");
  expect((await fetch(server.url, { method: "POST", body: form })).status).toBe(204);
  const fileOnly = new FormData();
  fileOnly.append("files[0]", new Blob(["line"]), "client.log");
  expect((await fetch(server.url, { method: "POST", body: fileOnly })).status).toBe(204);
  expect(all("webhook.accepted").map(({ text }) => text)).toEqual(["see the log", ""]);
});

test("a form without an end is refused, and what comes next is taken", async () => {
  const { server, post } = await sink();
  const headers = { "content-type": "multipart/form-data; boundary=x" };
  expect((await fetch(server.url, { method: "POST", headers, body: "--x\r\nContent-Dispo" })).status).toBe(400);
  expect((await post({ content: "a" })).status).toBe(204);
});

const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);
const field = { name: "n", value: "v" };

test.each<[string, unknown, object]>([
  [
    "2,001 characters",
    { content: "x".repeat(2_001) },
    {
      errors: { content: { _errors: [{ code: "BASE_TYPE_MAX_LENGTH", message: "Must be 2000 or fewer in length." }] } },
    },
  ],
  [
    "eleven embeds",
    { embeds: many(11, { title: "t" }) },
    { errors: { embeds: { _errors: [{ message: "Must be 10 or fewer in length." }] } } },
  ],
  [
    "26 fields",
    { embeds: [{ fields: many(26, field) }] },
    { errors: { embeds: { 0: { fields: { _errors: [{ message: "Must be 25 or fewer in length." }] } } } } },
  ],
  [
    "a value of 1,025",
    { embeds: [{ fields: [{ name: "n", value: "x".repeat(1_025) }] }] },
    {
      errors: {
        embeds: { 0: { fields: { 0: { value: { _errors: [{ message: "Must be 1024 or fewer in length." }] } } } } },
      },
    },
  ],
  [
    "a field without a value",
    { embeds: [{ fields: [{ name: "n" }] }] },
    {
      errors: {
        embeds: {
          0: {
            fields: { 0: { value: { _errors: [{ code: "BASE_TYPE_REQUIRED", message: "This field is required" }] } } },
          },
        },
      },
    },
  ],
  [
    "6,001 in all",
    { embeds: many(3, { description: "x".repeat(2_001) }) },
    { errors: { embeds: { _errors: [{ code: "MAX_EMBED_SIZE_EXCEEDED" }] } } },
  ],
  ["nothing", {}, { message: "Cannot send an empty message", code: 50_006 }],
  ["no JSON", "{", { message: "The request body contains invalid JSON.", code: 50_109 }],
  ["no object", "7", { code: 50_035 }],
])("%s is refused as Discord does", async (_, body, error) => {
  const { post, all } = await sink();
  const reply = await post(body);
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject(error);
  expect(all("webhook.accepted")).toEqual([]);
  expect(all("webhook.request")[0]?.said).not.toBe("");
});

test("as much as is allowed is taken", async () => {
  const { post } = await sink();
  expect((await post({ content: "ü".repeat(2_000), embeds: many(10, { description: "x".repeat(600) }) })).status).toBe(
    204,
  );
});

test("it can be looked at; another id, another token and another path are not there", async () => {
  const { server } = await sink();
  expect(await (await fetch(server.url)).json()).toMatchObject({ type: 1, name: "firedrill" });
  const status = async (url: string): Promise<[number, unknown]> => {
    const reply = await fetch(url);
    return [reply.status, ((await reply.json()) as { code: number }).code];
  };
  expect(await status(server.url.replace(/webhooks\/\d+/, "webhooks/1"))).toEqual([404, 10_015]);
  expect(await status(`${server.url}x`)).toEqual([401, 50_027]);
  expect(await status(server.url.replace("webhooks", "hooks"))).toEqual([404, 0]);
  expect((await fetch(server.url, { method: "DELETE" })).status).toBe(405);
});

test("the sixth message in two seconds is too many, and how much too early the seventh is, is known", async () => {
  const { post, all } = await sink();
  const replies = [];
  for (const content of "abcdefg") replies.push(await post({ content }));
  expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204, 429, 429]);
  const refused = replies[5];
  const body = (await refused?.json()) as { retry_after: number; global: boolean };
  expect(body).toMatchObject({ message: "You are being rate limited.", global: false });
  expect(body.retry_after).toBeLessThanOrEqual(2);
  expect(refused?.headers.get("retry-after")).toBe(String(Math.ceil(body.retry_after)));
  expect(refused?.headers.get("x-ratelimit-scope")).toBe("user");
  const requests = all("webhook.request");
  expect(requests[5]?.earlyMs).toBe(0);
  expect(requests[6]?.earlyMs).toBeGreaterThan(0);
});

test("a limit that a fault imposes holds until its time is over", async () => {
  const { post, arm, clock } = await sink({ compression: 60 });
  arm({ action: { do: "rate-limit", retryAfterMs: seconds(30), global: true }, times: 1 });
  const first = await post({ content: "a" });
  expect(first.headers.get("x-ratelimit-global")).toBe("true");
  const { retry_after } = (await first.json()) as { retry_after: number };
  expect(retry_after).toBe(30);
  expect((await post({ content: "a" })).status).toBe(429);
  await clock.sleep(seconds(31));
  expect((await post({ content: "a" })).status).toBe(204);
});

test.each([
  ["deleted", 404],
  ["revoked", 401],
] as const)("gone: %s", async (why, status) => {
  const { post, arm } = await sink();
  arm({ action: { do: "gone", why } });
  expect((await post({ content: "a" })).status).toBe(status);
});

test.each<WebhookRule["action"]>([{ do: "reset" }, { do: "reset", takenFirst: true }])(
  "%j ends the connection, and the journal has whether the message was taken",
  async (action) => {
    const { post, arm, all, seen } = await sink();
    arm({ action });
    await expect(post({ content: "a" })).rejects.toThrow();
    const request = await seen("webhook.request");
    expect(request).toMatchObject({ outcome: "reset", status: null });
    expect(all("webhook.accepted").length).toBe("takenFirst" in action ? 1 : 0);
  },
);

test("hang: nothing comes, and the request is the client's to give up", async () => {
  const { server, arm, seen } = await sink();
  arm({ action: { do: "hang" } });
  const gaveUp = new AbortController();
  const sending = fetch(server.url, { method: "POST", body: "{}", signal: gaveUp.signal });
  await seen("rule.hit");
  gaveUp.abort();
  await expect(sending).rejects.toThrow();
  expect(await seen("webhook.request")).toMatchObject({ outcome: "abandoned", status: null, message: null });
});

test("delay: taken at once, answered late", async () => {
  const { post, arm, all, seen } = await sink({ compression: 60 });
  arm({ action: { do: "delay", ms: seconds(12), takenFirst: true } });
  const sending = post({ content: "a" });
  const taken = await seen("webhook.accepted");
  expect((await sending).status).toBe(204);
  expect((all("webhook.request")[0]?.at ?? 0) - taken.at).toBeGreaterThanOrEqual(seconds(12));
});

test("drip: the head at once, the body at its pace", async () => {
  const { post, arm, clock } = await sink({ compression: 60 });
  arm({ action: { do: "drip", bytesPerSecond: 20 } });
  const reply = await post({ content: "a" });
  const headAt = clock.elapsed();
  expect((await reply.text()).length).toBe(400);
  expect(clock.elapsed() - headAt).toBeGreaterThan(seconds(15));
});

test("a rule that matches words leaves other messages alone", async () => {
  const { post, arm } = await sink();
  arm({ match: { text: "*blind*" }, action: { do: "status", code: 503 } });
  expect((await post({ content: "BTCUSDT is blind." })).status).toBe(503);
  expect((await post({ content: "over" })).status).toBe(204);
});

test.each<[unknown, string]>([
  [{ action: { do: "hnag" }, ttlMs: 1 }, 'Unknown action "hnag". Did you mean "hang"? Known: delay, drip, gone, '],
  [{ action: { do: "hang", takenfirst: true }, ttlMs: 1 }, 'action has no "takenfirst". Did you mean "takenFirst"?'],
  [{ match: { on: "connect" }, action: { do: "hang" }, ttlMs: 1 }, '"hang" cannot act on "connect". What can: reset.'],
  [{ match: { txt: "a" }, action: { do: "hang" }, ttlMs: 1 }, 'match has no "txt". Did you mean "text"?'],
])("%j cannot be armed", async (rule, message) => {
  const { server } = await sink();
  expect(() => server.faults.arm(rule as WebhookRule)).toThrow(`A fault of the webhook cannot be armed: ${message}`);
});
