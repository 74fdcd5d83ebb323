/**
 * One subscriber that reads nothing beside a hundred that do: how much is kept for it before it is cut, whether it is
 * the only one that is, and what a tick costs beside it. Two servers with a hundred readers each take turns, one of them
 * with the slow one besides, so that what else the machine does meets both alike.
 */

import { wallClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { Frame } from "../../mock-exchange/stream/frame.ts";
import type { StreamListener } from "../../mock-exchange/stream/listener.ts";
import { cpuMs, median, type Row } from "./measure.ts";
import { message, streamBase, subscribers } from "./subscribers.ts";

const others = 100;
const boundBytes = 8 * 2 ** 20;
const perTick = 10;
const ticksPerTurn = 100;
const warmUpTurns = 3;
/** More than a kernel takes before anything is kept here, and more than the bound. */
const mostTurns = 500;
const tickBytes = perTick * (message(0).length + 10);

export async function slow(): Promise<Row[]> {
  const journal = new Journal(wallClock);
  const [alone, beside] = [await streamBase(boundBytes), await streamBase(boundBytes, journal)];
  const children = [await subscribers(alone.port, others), await subscribers(beside.port, others)];
  for (let turn = 0; turn < warmUpTurns; turn += 1) await pair(turn, alone, beside);
  children.push(await subscribers(beside.port, 1, false));
  const ratios: number[] = [];
  const cut = (): boolean => journal.view().first("exchange.stream-cut") !== undefined;
  while (!cut() && ratios.length < mostTurns) ratios.push(await pair(ratios.length, alone, beside));
  const cuts = journal.view().all("exchange.stream-cut");
  for (const child of children) child.kill();
  await Promise.all([alone.close(), beside.close()]);
  const [first] = cuts;
  // The last turn is in part without it.
  const ratio = median(ratios.slice(0, -1));
  const sentMb = (ratios.length * ticksPerTurn * tickBytes) / 2 ** 20;
  const keptBytes = first?.bufferedBytes ?? Infinity;
  return [
    {
      ...{ what: "a subscriber that reads nothing" },
      figure:
        first === undefined
          ? `not cut after ${sentMb.toFixed(0)} MB`
          : `cut as ${first.why} with ${(keptBytes / 2 ** 20).toFixed(1)} MB, of at most ${sentMb.toFixed(0)} MB sent`,
      ...{ bar: `cut, and nobody else, with ${boundBytes / 2 ** 20} MB kept and the tick that was too much` },
      held: cuts.length === 1 && first?.why === "slow" && keptBytes <= boundBytes + tickBytes,
    },
    {
      ...{ what: "a tick beside it", figure: `${ratio.toFixed(2)} x a tick without it` },
      ...{ bar: "at most 1.2 x", held: ratio <= 1.2 },
    },
  ];
}

/** What a turn costs beside the slow one, over what it costs without. Whoever is first finds the caches cold. */
async function pair(turn: number, alone: StreamListener, beside: StreamListener): Promise<number> {
  if (turn % 2 === 0) {
    const without = await cost(alone);
    return (await cost(beside)) / without;
  }
  const withIt = await cost(beside);
  return withIt / (await cost(alone));
}

const cost = ({ sockets }: StreamListener): Promise<number> =>
  cpuMs(async () => {
    for (let tick = 0; tick < ticksPerTurn; tick += 1) {
      for (let at = 0; at < perTick; at += 1) {
        const frame = new Frame(message(at));
        for (const socket of sockets) socket.publish("orderbook.50.BTCUSDT", frame);
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
