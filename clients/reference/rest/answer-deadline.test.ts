import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { Pool } from "undici";
import { answeredWithin } from "./answer-deadline.ts";

async function pooled(answer: (path: string) => Promise<void>, connections: number): Promise<Pool> {
  const server = createServer((request, reply) => void answer(request.url ?? "").then(() => reply.end("{}")));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { connections });
  onTestFinished(async () => {
    await pool.destroy();
    server.closeAllConnections();
    server.close();
  });
  return pool;
}

test("an answer that does not come in time is an error, and its connection is closed", async () => {
  const pool = await pooled(() => new Promise(() => undefined), 1);
  const gone = once(pool, "disconnect");
  await expect(pool.compose(answeredWithin(50)).request({ method: "GET", path: "/" })).rejects.toThrow(
    "not answered within 50 ms",
  );
  await gone;
});

test("waiting for a connection is not counted", async () => {
  let answerFirst = (): void => undefined;
  const first = new Promise<void>((resolve) => (answerFirst = resolve));
  const pool = await pooled((path) => (path === "/first" ? first : Promise.resolve()), 1);
  const before = pool.request({ method: "GET", path: "/first" });
  const second = pool.compose(answeredWithin(150)).request({ method: "GET", path: "/second" });
  await sleep(300);
  answerFirst();
  await (await before).body.dump();
  expect((await second).statusCode).toBe(200);
});
