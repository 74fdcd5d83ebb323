/** `toxiproxy-node-client`, the library the harness uses, through a whole life of a proxy. */

import { expect, test } from "vitest";
import { Toxiproxy } from "toxiproxy-node-client";
import { onEveryEngine } from "./engines.ts";

onEveryEngine("toxiproxy-node-client", (engine) => {
  test("creates, changes, poisons, heals and removes", async () => {
    const toxiproxy = new Toxiproxy(engine().url);
    expect(await toxiproxy.getVersion()).toMatch(/version/);
    const created = await toxiproxy.createProxy({ name: "node", listen: "127.0.0.1:0", upstream: "127.0.0.1:1" });
    expect(created.listen).toMatch(/^127\.0\.0\.1:[1-9]/);

    const proxy = await toxiproxy.get("node");
    const toxic = await proxy.addToxic({
      name: "lag",
      type: "latency",
      stream: "downstream",
      toxicity: 1,
      attributes: { latency: 5, jitter: 1 },
    });
    expect(toxic.toJson()).toMatchObject({ name: "lag", attributes: { latency: 5, jitter: 1 } });
    expect((await proxy.getToxic("lag")).toJson()).toEqual(toxic.toJson());
    await toxic.remove();
    await expect(proxy.getToxic("lag")).rejects.toThrow("404");

    const { enabled } = await proxy.update({ enabled: false, listen: proxy.listen, upstream: proxy.upstream });
    expect(enabled).toBe(false);
    await toxiproxy.reset();
    expect((await toxiproxy.get("node")).enabled).toBe(true);

    await toxiproxy.populate([{ name: "two", listen: "127.0.0.1:0", upstream: "127.0.0.1:1" }]);
    expect(Object.keys(await toxiproxy.getAll())).toEqual(["node", "two"]);
    for (const each of Object.values(await toxiproxy.getAll())) await each.remove();
    expect(await toxiproxy.getAll()).toEqual({});
  });
});
