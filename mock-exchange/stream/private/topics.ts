/** The topics of the private stream, and what each of them carries. */

import type { DcpProduct } from "../../engine/dcp.ts";
import type { Push } from "../../engine/outbox.ts";
import { fastExecution } from "../../engine/views/execution-view.ts";

const contracts = ["linear", "inverse", "option"];
const all = ["spot", ...contracts];

/** Topic without its category -> the categories it may name. */
const families: Readonly<Record<string, readonly string[]>> = {
  order: all,
  execution: all,
  "execution.fast": all,
  position: contracts,
  wallet: [],
  greeks: [],
};

export const dcpProducts: Readonly<Record<string, DcpProduct>> = {
  "dcp.future": "DERIVATIVES",
  "dcp.spot": "SPOT",
  "dcp.option": "OPTIONS",
};

interface Parsed {
  family: string;
  /** Empty: all in one. */
  category: string;
}

export function parseTopic(topic: string): Parsed | undefined {
  if (Object.hasOwn(dcpProducts, topic)) return { family: topic, category: "" };
  if (Object.hasOwn(families, topic)) return { family: topic, category: "" };
  const dot = topic.lastIndexOf(".");
  const [family, category] = [topic.slice(0, dot), topic.slice(dot + 1)];
  const known = Object.hasOwn(families, family) && families[family]?.includes(category) === true;
  return known ? { family, category } : undefined;
}

/** All-in-one and by category exclude each other within one request. */
export function isMixed(topics: readonly string[]): boolean {
  const parsed = topics.map(parseTopic).filter((one) => one !== undefined);
  return parsed.some((one) =>
    parsed.some((two) => one.family === two.family && (one.category === "") !== (two.category === "")),
  );
}

/** The topics a push goes out on. */
export function topicsOf({ kind, category }: Push): string[] {
  if (kind === "wallet") return ["wallet"];
  const names = kind === "execution" ? ["execution", "execution.fast"] : [kind];
  return names.flatMap((name) => [name, `${name}.${category}`]);
}

/** The message of a push on one of its topics; undefined where that topic leaves it out. */
export function messageOf(topic: string, push: Push, id: string): string | undefined {
  const creationTime = push.timeMs;
  if (topic.startsWith("execution.fast")) {
    const trades = push.data.filter(({ execType }) => execType === "Trade");
    return trades.length === 0 ? undefined : JSON.stringify({ topic, creationTime, data: trades.map(fastExecution) });
  }
  return push.kind === "order" || push.kind === "execution"
    ? JSON.stringify({ topic, id, creationTime, data: push.data })
    : JSON.stringify({ id, topic, creationTime, data: push.data });
}
