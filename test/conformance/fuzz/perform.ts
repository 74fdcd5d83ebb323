/** Plays a sequence on one engine and says what came of it, in terms that two engines must agree on. */

import { wallClock } from "../../../core/clock.ts";
import type { Engine } from "../engines.ts";
import { Line, type Peer } from "../wire.ts";
import type { Ending, Sequence, Stream } from "./sequence.ts";

export interface Outcome {
  /** Bytes that arrived and how the stream ended, for each receiver; an end of one's own making is not looked at. */
  upstream: { bytes: number; ending: string };
  downstream: { bytes: number; ending: string };
  /** The first byte that is not the one that was sent, if any. */
  wrongByteAt: number | undefined;
}

export interface Played {
  outcome: Outcome | { stuckAt: string };
  /** Of each probe: how much later than due its word came; negative is too early. */
  lateMs: number[];
}

const patienceMs = 20_000;

export async function perform(engine: Engine, sequence: Sequence): Promise<Played> {
  const lateMs: number[] = [];
  const place = { now: "the start" };
  const patience = { cancel: (): void => undefined };
  const stuck = new Promise<Played>((resolve) => {
    const timer = wallClock.after(patienceMs, () => resolve({ outcome: { stuckAt: place.now }, lateMs }));
    patience.cancel = () => timer.cancel();
  });
  const armed = { type: "reset_peer", name: "armed", toxicity: 0, attributes: { timeout: 0 } };
  await using line = await Line.open(engine, sequence.armed ? [armed] : []);
  const played = play(line, sequence, lateMs, place).then((outcome) => ({ outcome, lateMs }));
  // What is left of a stuck one fails when its line is closed.
  played.catch(() => undefined);
  const first = await Promise.race([played, stuck]);
  patience.cancel();
  return first;
}

async function play(
  line: Line,
  { seed, steps, ending }: Sequence,
  lateMs: number[],
  place: { now: string },
): Promise<Outcome> {
  const { client, server } = await line.connect();
  const ends: Record<Stream, { sender: Peer; receiver: Peer }> = {
    upstream: { sender: client, receiver: server },
    downstream: { sender: server, receiver: client },
  };
  const sent: Record<Stream, number> = { upstream: 0, downstream: 0 };
  const send = (stream: Stream, bytes: number): void => {
    ends[stream].sender.send(bytesOf(seed, stream, sent[stream], bytes));
    sent[stream] += bytes;
  };
  const settle = async (): Promise<void> => {
    await ends.upstream.receiver.receives(sent.upstream);
    await ends.downstream.receiver.receives(sent.downstream);
  };

  for (const [index, step] of steps.entries()) {
    place.now = `step ${index}, ${step.do}`;
    if (step.do === "send") send(step.stream, step.bytes);
    else if (step.do === "add") await line.add(step.toxic);
    else if (step.do === "update") await line.update(step.name, { attributes: step.attributes });
    else if (step.do === "remove") await line.remove(step.name);
    else {
      await settle();
      const startMs = wallClock.elapsed();
      send(step.stream, 10);
      await ends[step.stream].receiver.receives(sent[step.stream]);
      lateMs.push(wallClock.elapsed() - startMs - step.dueMs);
    }
  }
  place.now = "everything to arrive";
  await settle();
  place.now = `the end, ${ending.end}`;
  const ownReset = await finish(line, ending, { client, server, send });
  const endingOf = async (peer: Peer): Promise<string> => (peer === ownReset ? "its own" : peer.ends());
  const [up, down] = [await endingOf(server), await endingOf(client)];
  const wrong = (["upstream", "downstream"] as const).flatMap((stream) => {
    const { bytes } = ends[stream].receiver;
    const at = bytesOf(seed, stream, 0, bytes.length).findIndex((byte, index) => byte !== bytes[index]);
    return at === -1 ? [] : [at];
  });
  return {
    upstream: { bytes: server.bytes.length, ending: up },
    downstream: { bytes: client.bytes.length, ending: down },
    wrongByteAt: wrong[0],
  };
}

/** @returns The peer that reset the connection itself, and so sees no end. */
async function finish(
  line: Line,
  ending: Ending,
  { client, server, send }: { client: Peer; server: Peer; send: (stream: Stream, bytes: number) => void },
): Promise<Peer | undefined> {
  if (ending.end === "disable") {
    await line.change({ enabled: false });
    return undefined;
  }
  if (ending.end === "toxic") {
    await line.add(ending.toxic);
    send(ending.toxic.stream, ending.bytes);
    if (ending.toxic.type === "limit_data" && ending.bytes < (ending.toxic.attributes?.bytes ?? 0)) {
      send(ending.toxic.stream, 8_000);
    }
    if (ending.remove) await line.remove("last");
    return undefined;
  }
  const [side, how] = ending.end.split("-");
  const peer = side === "client" ? client : server;
  if (how === "rst") {
    peer.socket.resetAndDestroy();
    return peer;
  }
  if (ending.lastWords > 0) send(side === "client" ? "upstream" : "downstream", ending.lastWords);
  peer.socket.end();
  return undefined;
}

/** What is sent from an offset on; no two places of a stream look alike for long. */
function bytesOf(seed: number, stream: Stream, offset: number, length: number): Buffer {
  const salt = seed * 7 + (stream === "upstream" ? 1 : 3);
  return Buffer.from(Array.from({ length }, (_, index) => ((offset + index + salt) * 2_654_435_761) >>> 13));
}
