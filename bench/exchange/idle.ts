/** What a subscriber weighs that is connected and silent: resident memory of this process, after collecting what is dead. */

import { collect, type Row } from "./measure.ts";
import { streamBase, subscribers } from "./subscribers.ts";

const count = 5_000;
const mostKb = 20;

export async function idle(): Promise<Row> {
  const ours = await streamBase();
  collect();
  const before = process.memoryUsage().rss;
  const child = await subscribers(ours.port, count);
  collect();
  const eachKb = (process.memoryUsage().rss - before) / count / 1_024;
  const connected = ours.sockets.size;
  child.kill();
  await ours.close();
  if (connected !== count) throw new Error(`only ${connected} of ${count} subscribers are connected`);
  return {
    ...{ what: `${count} idle subscribers`, figure: `${eachKb.toFixed(1)} KB each` },
    ...{ bar: `under ${mostKb} KB`, held: eachKb < mostKb },
  };
}
