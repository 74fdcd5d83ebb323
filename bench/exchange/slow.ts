/**
 * One subscriber that reads nothing among a hundred that do: how much is kept for it before it is cut, and what a tick
 * costs while it is there against what it costs without it.
 */

import { wallClock } from "../../core/clock.ts";
import { Journal } from "../../core/journal/journal.ts";
import { Frame } from "../../mock-exchange/stream/frame.ts";
import { cpuMs, median, type Row } from "./measure.ts";
import { message, streamBase, subscribers } from "./subscribers.ts";

const others = 100;
const boundBytes = 8 * 2 ** 20;
const perTick = 10;
const ticksPerTurn = 100;
const turns = 9;
/** More than a kernel takes before anything is kept here, and more than the bound. */
const mostTicks = 200_000;

export async function slow(): Promise<Row[]> {
  const journal = new Journal(wallClock);
  const ours = await streamBase(boundBytes, journal);
  const tick = (): void => {
    for (let at = 0; at < perTick; at += 1) {
      const frame = new Frame(message(at));
      for (const socket of ours.sockets) socket.publish("orderbook.50.BTCUSDT", frame);
    }
  };
  const turn = (): Promise<number> =>
    cpuMs(async () => {
      for (let at = 0; at < ticksPerTurn; at += 1) {
        tick();
        await new Promise((resolve) => setImmediate(resolve));
      }
    });
  const readers = await subscribers(ours.port, others);
  const alone: number[] = [];
  for (let at = -3; at < turns; at += 1) {
    const took = await turn();
    if (at >= 0) alone.push(took);
  }
  const reader = await subscribers(ours.port, 1, false);
  const beside: number[] = [];
  let ticks = 0;
  const startMs = wallClock.elapsed();
  for (; ours.sockets.size > others && ticks < mostTicks; ticks += ticksPerTurn) beside.push(await turn());
  const tookMs = wallClock.elapsed() - startMs;
  const cut = journal.view().first("exchange.stream-cut");
  readers.kill();
  reader.kill();
  await ours.close();
  const ratio = median(beside) / median(alone);
  const sentMb = (ticks * perTick * message(0).length) / 2 ** 20;
  return [
    {
      ...{ what: "a subscriber that reads nothing" },
      figure:
        cut === undefined
          ? "not cut"
          : `cut as ${cut.why} with ${(cut.bufferedBytes / 2 ** 20).toFixed(1)} MB, after ${sentMb.toFixed(0)} MB and ${tookMs.toFixed(0)} ms`,
      ...{ bar: `cut, ${boundBytes / 2 ** 20} MB kept at most`, held: cut?.why === "slow" },
    },
    {
      ...{ what: "a tick beside it", figure: `${ratio.toFixed(2)} x a tick without it` },
      ...{ bar: "at most 1.2 x", held: ratio <= 1.2 },
    },
  ];
}
