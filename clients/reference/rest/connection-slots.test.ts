import { expect, test } from "vitest";
import { ConnectionSlots } from "./connection-slots.ts";

/** A request under way, which ends when the test says so. */
function request(slots: ConnectionSlots) {
  const { promise, resolve: end } = Promise.withResolvers<undefined>();
  const state = { begun: false };
  const ended = slots.use(false, () => {
    state.begun = true;
    return promise;
  });
  return { state, ended, end: () => (end(undefined), ended) };
}

const begun = (requests: readonly { state: { begun: boolean } }[]): number =>
  requests.filter(({ state }) => state.begun).length;

test("a burst that one connection gets through in time opens no other", async () => {
  const slots = new ConnectionSlots(30, { patienceMs: 60_000, everyMs: 60_000 });
  const burst = Array.from({ length: 5 }, () => request(slots));
  await expect.poll(() => begun(burst)).toBe(1);
  for (const one of burst) await one.end();
  expect(begun(burst)).toBe(5);
  const [first, second] = [request(slots), request(slots)];
  await expect.poll(() => begun([first, second])).toBe(1);
  await first.end();
  await second.end();
  slots.stop();
});

test("who waits for longer gets a connection of its own, up to the limit", async () => {
  const slots = new ConnectionSlots(3, { patienceMs: 1, everyMs: 1 });
  const burst = Array.from({ length: 5 }, () => request(slots));
  await expect.poll(() => begun(burst)).toBe(3);
  await burst[0]?.end();
  await expect.poll(() => begun(burst)).toBe(4);
  for (const one of burst) await one.end();
});

test("a renewal takes the connections from under nobody, and gives none of them to the next", async () => {
  const slots = new ConnectionSlots(2, { patienceMs: 1, everyMs: 1 });
  const old = [request(slots), request(slots)];
  await expect.poll(() => begun(old)).toBe(2);
  slots.renew();
  const next = [request(slots), request(slots)];
  await old[0]?.end();
  await expect.poll(() => begun(next)).toBe(1);
  await old[1]?.end();
  await expect.poll(() => begun(next)).toBe(2);
  for (const one of next) await one.end();
});

test("what is urgent waits less for a connection of its own", async () => {
  const slots = new ConnectionSlots(30, { patienceMs: 60_000, everyMs: 60_000, urgent: { patienceMs: 1, everyMs: 1 } });
  const [first, second] = [request(slots), request(slots)];
  await expect.poll(() => begun([first, second])).toBe(1);
  await slots.use(true, () => Promise.resolve());
  await Promise.all([first.end(), second.end()]);
  slots.stop();
});
