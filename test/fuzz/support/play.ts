/** Plays the cases of a kind and hands back what was wrong: enough to send the same bytes again. */

import { random } from "../../../core/random.ts";
import type { FrameCase, Kind, LoneCase, RestCase, StreamCase } from "./case.ts";
import { talk } from "./http-wire.ts";
import { judgeFrames, judgeLone, judgeRest, judgeStream } from "./oracle.ts";
import type { Ports } from "./stage.ts";
import { ending, isEnding, login, portOf } from "./streams.ts";
import { converse, upgradeRequest } from "./ws-wire.ts";

export interface Named<T> {
  name: string;
  nth: number;
  it: T;
}

export interface Wrong {
  /** `kind:number`, for FIREDRILL_FUZZ_CASE. */
  name: string;
  what: string;
  bytes: string;
}

/** Enough to keep two cores busy; more would only queue. */
export const conversations = 8;
const casesPerConversation = 50;

const caseOf = (definition: Kind, name: string, nth: number, seed: string): Named<ReturnType<Kind["make"]>> => ({
  ...{ name: `${name}:${nth}`, nth },
  it: definition.make(random(`${seed}/${name}/${nth}`), nth),
});

/** @param only This case alone. */
export async function play(
  definition: Kind,
  name: string,
  options: { seed: string; ports: Ports; only?: number | undefined },
): Promise<Wrong[]> {
  const { seed, ports, only } = options;
  const wrong: Wrong[] = [];
  const numbers = only === undefined ? Array.from({ length: definition.cases }, (_, nth) => nth) : [only];
  const size = definition.surface === "rest" || definition.surface === "stream" ? casesPerConversation : 1;
  const batches: number[][] = [];
  for (let i = 0; i < numbers.length; i += size) batches.push(numbers.slice(i, i + size));
  const worker = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined && wrong.length === 0; batch = batches.shift()) {
      const cases = batch.map((nth) => caseOf(definition, name, nth, seed));
      wrong.push(...(await converseAbout(definition.surface, cases, ports)));
    }
  };
  await Promise.all(Array.from({ length: conversations }, worker));
  return wrong;
}

async function converseAbout(
  surface: Kind["surface"],
  cases: Named<ReturnType<Kind["make"]>>[],
  ports: Ports,
): Promise<Wrong[]> {
  switch (surface) {
    case "rest":
      return rest(cases as Named<RestCase>[], ports);
    case "stream":
      return streams(cases as Named<StreamCase>[], ports);
    case "frames":
      return each(cases as Named<FrameCase>[], async (one) => {
        const bytes = Buffer.concat([upgradeRequest(one.path), one.bytes]);
        return judgeFrames(one, await converse(portOf(one.path, ports), bytes, () => true, one.leaves));
      });
    case "upgrade":
      return each(cases as Named<LoneCase>[], async (one) => judgeLone(one, await talk(ports.public, one.bytes, 0)));
    case "rest-alone":
      return each(cases as Named<LoneCase>[], async (one) => judgeLone(one, await talk(ports.rest, one.bytes, 0)));
  }
}

async function rest(cases: Named<RestCase>[], ports: Ports): Promise<Wrong[]> {
  const bytes = Buffer.concat(cases.map(({ it }) => it.bytes));
  const { replies, rest } = await talk(ports.rest, bytes, cases.length);
  if (replies.length > cases.length || rest !== "") {
    return [
      describe(cases.at(-1), `${replies.length} replies to ${cases.length} requests, then ${rest.slice(0, 200)}`),
    ];
  }
  return cases.flatMap((one, i) => describe(one, judgeRest(one.it, replies[i])) ?? []).slice(0, 1);
}

async function streams(cases: Named<StreamCase>[], ports: Ports): Promise<Wrong[]> {
  const wrong: Wrong[] = [];
  for (const path of new Set(cases.map(({ it }) => it.path))) {
    const own = cases.filter(({ it }) => it.path === path);
    const bytes = Buffer.concat([upgradeRequest(path), login(path), ...own.map(({ it }) => it.bytes), ending]);
    const { texts, code } = await converse(portOf(path, ports), bytes, isEnding);
    const answers = texts.filter((text) => !text.startsWith('{"topic"')).slice(login(path).length === 0 ? 0 : 1, -1);
    const found = own.flatMap((one, i) => describe(one, judgeStream(one.it, answers[i])) ?? []).slice(0, 1);
    if (found.length === 0 && (answers.length !== own.length || code !== 1006)) {
      found.push(describe(own.at(-1), `${answers.length} answers to ${own.length} messages, close code ${code}`));
    }
    wrong.push(...found);
  }
  return wrong;
}

async function each<T extends { bytes: Buffer }>(
  cases: Named<T>[],
  judge: (one: T) => Promise<string | undefined>,
): Promise<Wrong[]> {
  const found = await Promise.all(cases.map(async (one) => describe(one, await judge(one.it)) ?? []));
  return found.flat();
}

function describe(one: Named<{ bytes: Buffer }> | undefined, what: string): Wrong;
function describe(one: Named<{ bytes: Buffer }> | undefined, what: string | undefined): Wrong | undefined;
function describe(one: Named<{ bytes: Buffer }> | undefined, what: string | undefined): Wrong | undefined {
  if (what === undefined) return undefined;
  const bytes = one?.it.bytes ?? Buffer.alloc(0);
  const text = JSON.stringify(bytes.toString("latin1", 0, 1_500));
  return { name: one?.name ?? "", what, bytes: bytes.length > 1_500 ? `${text} … ${bytes.length} bytes` : text };
}
