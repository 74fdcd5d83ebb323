/**
 * The same messages to the same number of subscribers, by the stream's base and by a plain `ws` server that sends each
 * message to each client in a loop, as anyone would write it; without compression on either side. A tick carries one or
 * ten messages for every subscriber, and the event loop turns after it, as between two real ticks. Where it carries one,
 * both sides spend more than four fifths of their time in the kernel's write, once for each subscriber: what is ours to
 * save is the rest. So the turns are short and many, and the middle of their ratios counts.
 */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { WebSocketServer } from "ws";
import { Frame } from "../../mock-exchange/stream/frame.ts";
import { cpuMs, median, quantile, type Row } from "./measure.ts";
import { message, streamBase, subscribers } from "./subscribers.ts";

const turns = 120;
const warmUpTurns = 24;
const messagesPerTurn = 5_000;
const [fewestTicks, mostTicks] = [4, 500];

export async function fanOut(count: number, perTick: number): Promise<Row> {
  const ours = await streamBase(2 ** 30);
  const plain = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: false });
  await once(plain, "listening");
  const children = [
    await subscribers(ours.port, count),
    await subscribers((plain.address() as AddressInfo).port, count),
  ];
  const texts = Array.from({ length: perTick }, (_, at) => message(at));
  const ticks = Math.min(Math.max(Math.round(messagesPerTurn / (count * perTick)), fewestTicks), mostTicks);
  const loop = (): void => {
    for (const text of texts) for (const client of plain.clients) client.send(text);
  };
  const base = (): void => {
    for (const text of texts) {
      const frame = new Frame(text);
      for (const socket of ours.sockets) socket.publish("orderbook.50.BTCUSDT", frame);
    }
  };
  const ratios: number[] = [];
  for (let turn = -warmUpTurns; turn < turns; turn += 1) {
    // Whoever is first in a turn finds the caches cold.
    const [theirs, own] =
      turn % 2 === 0
        ? [await cost(ticks, loop), await cost(ticks, base)]
        : (
            await pair(
              () => cost(ticks, base),
              () => cost(ticks, loop),
            )
          ).toReversed();
    if (turn >= 0) ratios.push((theirs ?? NaN) / (own ?? NaN));
  }
  for (const child of children) child.kill();
  plain.close();
  await ours.close();
  const ratio = median(ratios);
  const least = perTick === 1 ? 1 : count === 100 ? 5 : undefined;
  const bar = least === undefined ? {} : { bar: `at least ${least} x`, held: ratio >= least };
  const [low, high] = [quantile(ratios, 0.25).toFixed(2), quantile(ratios, 0.75).toFixed(2)];
  const figure = `${ratio.toFixed(2)} x the loop (half of the turns ${low} to ${high})`;
  return { what: `fan-out to ${count}, ${perTick} a tick`, figure, ...bar };
}

const pair = async <T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T[]> => [
  await first(),
  await second(),
];

const cost = (ticks: number, tick: () => void): Promise<number> =>
  cpuMs(async () => {
    for (let at = 0; at < ticks; at += 1) {
      tick();
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
