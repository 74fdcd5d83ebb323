/** Every route of the API: statuses, bodies to the letter, defaults, and what is refused. */

import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { call, ok, type ProxyBody } from "./api.ts";
import { onEveryEngine } from "./engines.ts";

const json = "application/json";
const text = "text/plain; charset=utf-8";
const anyPort = "127.0.0.1:0";
const upstream = "127.0.0.1:1";

const refusal = (status: number, error: string): object => ({
  status,
  type: text,
  text: `${JSON.stringify({ error, status })}\n`,
});
/** What follows "bad request body" are the words of the decoder, Go's or ours. */
const badBody: object = {
  ...{ status: 400, type: text },
  text: expect.stringMatching(/^\{"error":"bad request body: .+","status":400\}\n$/) as string,
};
const notFound = refusal(404, "proxy not found");

onEveryEngine("API", (engine) => {
  const request = (method: string, path: string, body?: unknown) => call(engine(), method, path, body);
  const create = (name = "web"): Promise<ProxyBody> =>
    ok(engine(), "POST", "/proxies", { name, listen: anyPort, upstream });

  afterEach(async () => {
    for (const name of Object.keys(await ok<object>(engine(), "GET", "/proxies")))
      await ok(engine(), "DELETE", `/proxies/${encodeURIComponent(name)}`);
  });

  test("GET /version", async () => {
    const { status, type, text: body } = await request("GET", "/version");
    expect({ status, type }).toEqual({ status: 200, type: "application/json;charset=utf-8" });
    // A server that was not built by a release calls itself "git".
    expect(body).toMatch(/^\{"version": "(2\.12\.0|git)"\}\n$/);
  });

  test("POST /proxies creates and starts a proxy, and says which port it got", async () => {
    const reply = await request("POST", "/proxies", { name: "web", listen: anyPort, upstream });
    expect(reply).toMatchObject({ status: 201, type: json });
    expect(reply.text.replace(/127\.0\.0\.1:[1-9]\d+/, "ADDRESS")).toBe(
      '{"name":"web","listen":"ADDRESS","upstream":"127.0.0.1:1","enabled":true,"Logger":{},"toxics":[]}',
    );
    expect(await request("GET", "/proxies/web")).toEqual({ ...reply, status: 200 });
    expect(await request("GET", "/proxies")).toEqual({ status: 200, type: json, text: `{"web":${reply.text}}` });
  });

  test("a disabled proxy keeps the listen address as it was given", async () => {
    const body = { name: "web", listen: "localhost:0", upstream, enabled: false };
    expect(await ok(engine(), "POST", "/proxies", body)).toMatchObject({ listen: "localhost:0", enabled: false });
  });

  test("no host listens on all interfaces", async () => {
    for (const listen of [undefined, ":0", "0.0.0.0:0"]) {
      const proxy = await ok<ProxyBody>(engine(), "POST", "/proxies", { name: String(listen), listen, upstream });
      expect(proxy.listen).toMatch(/^\[::\]:[1-9]\d+$/);
    }
  });

  test("GET /proxies sorts by name and escapes as Go does", async () => {
    for (const name of ["b", "10", "<&>é", "a"]) await create(name);
    const { text: body } = await request("GET", "/proxies");
    expect([...body.matchAll(/"([^"]*)":\{"name"/g)].map(([, name]) => name)).toEqual([
      "10",
      "\\u003c\\u0026\\u003eé",
      "a",
      "b",
    ]);
  });

  test("POST /proxies refuses what it cannot take", async () => {
    const post = (body: string) => request("POST", "/proxies", body);
    for (const wrong of ["", "{", "xyz", '{"a":1,}', "[]", '{"name":1}']) {
      expect(await post(wrong), wrong).toEqual(badBody);
    }
    expect(await post("{}")).toEqual(refusal(400, "missing required field: name"));
    expect(await post('{"name":"web"}')).toEqual(refusal(400, "missing required field: upstream"));
    await create();
    expect(await post('{"NAME":"web","Upstream":"127.0.0.1:1"}')).toEqual(refusal(409, "proxy already exists"));
  });

  test("POST /proxies says why it cannot listen", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const post = (listen: string) => request("POST", "/proxies", { name: "web", listen, upstream });
    expect(await post(`127.0.0.1:${port}`)).toEqual(
      refusal(500, `listen tcp 127.0.0.1:${port}: bind: address already in use`),
    );
    taken.close();
    expect(await post("nonsense")).toEqual(refusal(500, "listen tcp: address nonsense: missing port in address"));
    expect(await post("::1:0")).toEqual(refusal(500, "listen tcp: address ::1:0: too many colons in address"));
    expect(await post("127.0.0.1:99999")).toEqual(refusal(500, "listen tcp: address 99999: invalid port"));
    expect(await ok(engine(), "GET", "/proxies")).toEqual({});
  });

  for (const method of ["POST", "PATCH"]) {
    test(`${method} /proxies/:proxy changes what is named and keeps the rest`, async () => {
      const proxy = await create();
      const update = (body: unknown) => request(method, "/proxies/web", body);
      expect(JSON.parse((await update({})).text)).toEqual(proxy);
      expect(JSON.parse((await update({ name: "other" })).text)).toEqual(proxy);
      expect(JSON.parse((await update({ upstream: "127.0.0.1:2" })).text)).toEqual({
        ...proxy,
        upstream: "127.0.0.1:2",
      });
      expect(await ok(engine(), method, "/proxies/web", { enabled: false })).toMatchObject({
        listen: proxy.listen,
        enabled: false,
      });
      expect(await update("x")).toEqual(badBody);
      expect(await update({ listen: "nonsense" })).toEqual(refusal(500, "address nonsense: missing port in address"));
    });
  }

  test("a proxy whose new port is taken is left disabled", async () => {
    await create();
    const { listen } = await create("other");
    expect(await request("POST", "/proxies/web", { listen })).toMatchObject({ status: 500 });
    expect(await ok(engine(), "GET", "/proxies/web")).toMatchObject({ listen, enabled: false });
    expect(await request("POST", "/reset")).toEqual(refusal(500, `listen tcp ${listen}: bind: address already in use`));
  });

  test("DELETE /proxies/:proxy", async () => {
    await create();
    expect(await request("DELETE", "/proxies/web")).toEqual({ status: 204, type: null, text: "" });
    expect(await request("DELETE", "/proxies/web")).toEqual(notFound);
  });

  test("every route below a proxy that is not there is 404", async () => {
    for (const [method, path] of [
      ["GET", "/proxies/no"],
      ["POST", "/proxies/no"],
      ["PATCH", "/proxies/no"],
      ["GET", "/proxies/no/toxics"],
      ["POST", "/proxies/no/toxics"],
      ["GET", "/proxies/no/toxics/no"],
      ["PATCH", "/proxies/no/toxics/no"],
      ["DELETE", "/proxies/no/toxics/no"],
    ] as const)
      expect(await request(method, path)).toEqual(notFound);
  });

  test("unknown paths are 404, known paths with another method 405", async () => {
    for (const path of ["/", "/nope", "/metrics", "/proxies/", "/proxies/web/"])
      expect(await request("GET", path)).toEqual({ status: 404, type: text, text: "404 page not found\n" });
    for (const [method, path] of [
      ["PUT", "/proxies"],
      ["DELETE", "/proxies"],
      ["PUT", "/proxies/web"],
      ["GET", "/reset"],
      ["GET", "/populate"],
      ["POST", "/version"],
      ["HEAD", "/version"],
    ] as const)
      expect(await request(method, path)).toEqual({ status: 405, type: null, text: "" });
  });

  test("browsers are turned away", async () => {
    const reply = await fetch(`${engine().url}/proxies`, { headers: { "user-agent": "Mozilla/5.0" } });
    expect(reply.status).toBe(403);
    expect(await reply.text()).toBe("User agent not allowed\n");
  });

  test("POST /populate creates, keeps what is the same and replaces what differs", async () => {
    const proxies = (body: unknown) => ok<{ proxies: ProxyBody[] }>(engine(), "POST", "/populate", body);
    const { listen } = await create();
    await ok(engine(), "POST", "/proxies/web/toxics", { type: "latency" });
    const same = await proxies([
      { name: "web", listen, upstream, enabled: false },
      { name: "b", listen: anyPort, upstream },
    ]);
    expect(same.proxies).toMatchObject([{ listen, enabled: true, toxics: [{ type: "latency" }] }, { name: "b" }]);
    const other = await proxies([{ name: "web", listen, upstream: "127.0.0.1:2" }]);
    expect(other.proxies).toMatchObject([{ listen, upstream: "127.0.0.1:2", toxics: [] }]);
    expect(await request("POST", "/populate", [])).toEqual({ status: 201, type: json, text: '{"proxies":null}' });
  });

  test("POST /populate refuses a list before creating any of it, and keeps what came before a port that is taken", async () => {
    const missing = await request("POST", "/populate", [{ name: "a", upstream }, { name: "b" }]);
    const error = '{"error":"missing required field: upstream at proxy 2","status":400,"proxies":null}';
    expect(missing).toEqual({ status: 400, type: json, text: error });
    expect(await ok(engine(), "GET", "/proxies")).toEqual({});

    const { listen } = await create();
    const list = ["a", "b"].map((name) => ({ name, listen: name === "b" ? listen : anyPort, upstream }));
    const { status, text: body } = await request("POST", "/populate", list);
    expect(status).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ status: 500, proxies: [{ name: "a" }] });
    expect(Object.keys(await ok<object>(engine(), "GET", "/proxies"))).toEqual(["a", "web"]);
  });

  for (const body of ["", "x", "{}", '[{"name":1}]', '[{"enabled":"y"}]']) {
    test(`POST /populate refuses ${body === "" ? "nothing" : body}`, async () => {
      const { status, type, text: answer } = await request("POST", "/populate", body);
      expect({ status, type }).toEqual({ status: 400, type: json });
      expect(JSON.parse(answer)).toEqual({
        error: expect.stringMatching(/^bad request body: ./) as string,
        ...{ status: 400, proxies: null },
      });
    });
  }

  test("POST /reset enables every proxy and removes every toxic", async () => {
    const { listen } = await create();
    await ok(engine(), "POST", "/proxies/web/toxics", { type: "latency" });
    await ok(engine(), "POST", "/proxies/web", { enabled: false });
    expect(await request("POST", "/reset")).toEqual({ status: 204, type: null, text: "" });
    expect(await ok(engine(), "GET", "/proxies/web")).toMatchObject({ listen, enabled: true, toxics: [] });
  });
});
