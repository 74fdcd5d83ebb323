/** The routes below /proxies/:proxy/toxics: defaults, types, what an update may change, and what is refused. */

import { afterEach, beforeEach, expect, test } from "vitest";
import { call, ok } from "./api.ts";
import { onEveryEngine } from "./engines.ts";

const path = "/proxies/web/toxics";

const defaults: Record<string, object> = {
  noop: {},
  latency: { latency: 0, jitter: 0 },
  bandwidth: { rate: 0 },
  slow_close: { delay: 0 },
  timeout: { timeout: 0 },
  reset_peer: { timeout: 0 },
  slicer: { average_size: 0, size_variation: 0, delay: 0 },
  limit_data: { bytes: 0 },
};

/** What follows are the words of the decoder, Go's or ours. */
const badBody = "bad request body: ";
const refused: [body: string, status: number, error: string][] = [
  ["", 400, badBody],
  ["[]", 400, badBody],
  ["{}", 400, "invalid toxic type"],
  ['{"type":"nope"}', 400, "invalid toxic type"],
  ['{"type":"down"}', 400, "invalid toxic type"],
  ['{"type":"latency","stream":"side"}', 400, "stream was invalid, can be either upstream or downstream"],
  ['{"type":"latency","stream":""}', 400, "stream was invalid, can be either upstream or downstream"],
  ['{"type":"latency","name":"taken","attributes":{"latency":"x"}}', 409, "toxic already exists"],
  ['{"type":5}', 400, badBody],
  ['{"type":"latency","toxicity":"x"}', 400, badBody],
  ['{"type":"latency","attributes":5}', 400, badBody],
  ['{"type":"latency","attributes":{"latency":1.5}}', 400, badBody],
  ['{"type":"slicer","attributes":{"delay":"x"}}', 400, badBody],
  ['{"type":"reset_peer","attributes":{"timeout":"x"}}', 400, badBody],
];

onEveryEngine("toxics API", (engine) => {
  const request = (method: string, below: string, body?: unknown) => call(engine(), method, path + below, body);
  const add = (body: unknown): Promise<unknown> => ok(engine(), "POST", path, body);

  beforeEach(() => ok(engine(), "POST", "/proxies", { name: "web", listen: "127.0.0.1:0", upstream: "127.0.0.1:1" }));
  afterEach(() => ok(engine(), "DELETE", "/proxies/web"));

  for (const [type, attributes] of Object.entries(defaults)) {
    test(`${type} has its defaults, and their order`, async () => {
      const expected = { attributes, name: `${type}_downstream`, type, stream: "downstream", toxicity: 1 };
      expect(await request("POST", "", { type })).toEqual({
        status: 200,
        type: "application/json",
        text: JSON.stringify(expected),
      });
      expect(await ok(engine(), "GET", `${path}/${type}_downstream`)).toEqual(expected);
      expect(await ok(engine(), "GET", "/proxies/web")).toMatchObject({ toxics: [expected] });
    });
  }

  test("names, streams and attributes match in any case, toxicity is kept as a 32-bit float", async () => {
    const body = '{"TYPE":"latency","stream":"UPSTREAM","toxicity":0.30000001,"attributes":{"LATENCY":3,"other":1}}';
    expect(await add(body)).toEqual({
      attributes: { latency: 3, jitter: 0 },
      name: "latency_UPSTREAM",
      type: "latency",
      stream: "UPSTREAM",
      toxicity: 0.3,
    });
  });

  test("the list has upstream toxics first, each in the order in which they were added", async () => {
    for (const [name, stream] of [
      ["c", "downstream"],
      ["b", "upstream"],
      ["a", "downstream"],
    ])
      await add({ name, stream, type: "latency" });
    const list = await ok<{ name: string }[]>(engine(), "GET", path);
    expect(list.map(({ name }) => name)).toEqual(["b", "c", "a"]);
  });

  test.each(refused)("%s is refused", async (body, status, error) => {
    await add({ type: "noop", name: "taken" });
    const reply = await request("POST", "", body);
    expect(reply).toMatchObject({ status, type: "text/plain; charset=utf-8" });
    const exactly = error === badBody ? (expect.stringMatching(/^bad request body: ./) as string) : error;
    expect(JSON.parse(reply.text)).toEqual({ error: exactly, status });
    expect(await ok(engine(), "GET", path)).toHaveLength(1);
  });

  for (const method of ["POST", "PATCH"]) {
    test(`${method} changes attributes and toxicity, nothing else`, async () => {
      await add({ name: "lag", type: "latency", attributes: { latency: 5, jitter: 1 } });
      const update = (body: unknown) => ok(engine(), method, `${path}/lag`, body);
      const lag = { name: "lag", type: "latency", stream: "downstream" };
      expect(await update({ attributes: { latency: 7 } })).toEqual({
        ...lag,
        attributes: { latency: 7, jitter: 1 },
        toxicity: 1,
      });
      expect(await update({ toxicity: 0.5, name: "x", type: "slicer", stream: "upstream" })).toEqual({
        ...lag,
        attributes: { latency: 7, jitter: 1 },
        toxicity: 0.5,
      });
    });
  }

  test("an update with a mistake still takes the attributes that are right", async () => {
    await add({ name: "lag", type: "latency" });
    const body = '{"toxicity":0.5,"attributes":{"jitter":"x","latency":9}}';
    const reply = await request("PATCH", "/lag", body);
    expect(reply.status).toBe(400);
    expect(reply.text).toMatch(/^\{"error":"bad request body: .+","status":400\}\n$/);
    expect(await ok(engine(), "GET", `${path}/lag`)).toMatchObject({ attributes: { latency: 9 }, toxicity: 1 });
  });

  test("DELETE, and what is not there", async () => {
    await add({ name: "lag", type: "latency" });
    expect(await request("DELETE", "/lag")).toEqual({ status: 204, type: null, text: "" });
    for (const method of ["GET", "POST", "PATCH", "DELETE"])
      expect(await request(method, "/lag")).toMatchObject({
        status: 404,
        text: '{"error":"toxic not found","status":404}\n',
      });
    expect((await request("PUT", "/lag")).status).toBe(405);
  });
});
