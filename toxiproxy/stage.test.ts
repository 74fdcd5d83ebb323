/** A stage between a feeder and a sink that are counted by hand: backpressure, order, interrupts, decisions. */

import { expect, test } from "vitest";
import { random } from "../core/random.ts";
import { Stage, type Sink, type StageHost } from "./stage.ts";
import { toxic, type Toxic, type ToxicType } from "./toxic.ts";

class TestSink implements Sink {
  feeder = { room: () => undefined };
  full = false;
  text = "";
  ended = false;
  onPush: () => void = () => undefined;
  push({ data }: { data: Buffer }): void {
    this.text += data.toString();
    this.onPush();
  }
  end(): void {
    this.ended = true;
  }
}

function stageOf(definition: ToxicType, toxicity = 1, seed = 1) {
  const hits: number[] = [];
  const rooms = { count: 0 };
  const host: StageHost = {
    random: (name) => random(seed).fork(name),
    hit: (_toxic, byteOffset) => hits.push(byteOffset),
    cut: () => undefined,
    closes: () => undefined,
  };
  const installed: Toxic = {
    name: "t",
    type: "test",
    streamText: "upstream",
    stream: "upstream",
    toxicity,
    attributes: { ...definition.attributes },
    definition,
  };
  const sink = new TestSink();
  const feeder = { room: () => (rooms.count += 1) };
  const stage = new Stage(installed, host, feeder, sink);
  const push = (text: string): void => stage.push({ data: Buffer.from(text), atMs: 0 });
  return { stage, sink, hits, rooms, push, installed };
}

const passing = toxic({ attributes: {}, pipe: (_attributes, stage) => ({ chunk: (chunk) => stage.pass(chunk) }) });

const holding = toxic({
  attributes: {},
  bufferChunks: 3,
  pipe: (_attributes, stage) => ({
    chunk(chunk) {
      stage.hit();
      stage.wait(
        Infinity,
        () => undefined,
        () => stage.pass(chunk),
      );
    },
  }),
});

test("takes nothing while the next stage is full, and goes on when it has room", () => {
  const { stage, sink, rooms, push } = stageOf(passing);
  stage.run();
  sink.full = true;
  push("a");
  expect(stage.full).toBe(true);
  expect(sink.text).toBe("");
  const before = rooms.count;
  sink.full = false;
  stage.room();
  expect(sink.text).toBe("a");
  expect(rooms.count).toBeGreaterThan(before);
});

test("is full when its buffer is, beside the chunk in hand", () => {
  const { stage, push } = stageOf(holding);
  stage.run();
  for (const text of ["a", "b", "c"]) push(text);
  expect(stage.full).toBe(false);
  push("d");
  expect(stage.full).toBe(true);
});

test("gives up what it holds in order: the chunk in hand, then the queue, then the end", () => {
  const { stage, sink, push } = stageOf(holding);
  stage.run();
  for (const text of ["a", "b", "c"]) push(text);
  stage.end();
  expect(stage.interrupt()).toBe(true);
  expect(sink.text).toBe("a");
  stage.flush();
  expect(sink.text).toBe("abc");
  expect(sink.ended).toBe(false);
  stage.close();
  expect(sink.ended).toBe(true);
});

test("takes no second chunk before it is done with the first, even when what it passes on makes room", async () => {
  // The first chunk waits and then goes out in two pieces; at the first piece the sink asks for more.
  let delayMs = 1;
  const halving = toxic({
    attributes: {},
    bufferChunks: 10,
    pipe: (_attributes, stage) => ({
      chunk(chunk) {
        stage.wait(delayMs, () => {
          stage.pass({ ...chunk, data: chunk.data.subarray(0, 1) });
          stage.pass({ ...chunk, data: chunk.data.subarray(1) });
        });
        delayMs = 0;
      },
    }),
  });
  const { stage, sink, push } = stageOf(halving);
  stage.run();
  const done = new Promise<void>((resolve) => {
    sink.onPush = () => {
      stage.room();
      if (sink.text.length === 4) resolve();
    };
  });
  push("ab");
  push("cd");
  await done;
  expect(sink.text).toBe("abcd");
});

test("cannot be interrupted in a wait that is bound to close", () => {
  const closing = toxic({
    attributes: {},
    pipe: (_attributes, stage) => ({ chunk: () => stage.wait(Infinity, () => stage.close()) }),
  });
  const { stage, push } = stageOf(closing);
  stage.run();
  expect(stage.interrupt()).toBe(true);
  stage.run();
  push("a");
  expect(stage.interrupt()).toBe(false);
});

test("reports the first hit only, with the bytes that came before it", () => {
  const second = toxic({
    attributes: {},
    newState: () => ({ chunks: 0 }),
    pipe: (_attributes, stage, state) => ({
      chunk(chunk) {
        state.chunks += 1;
        if (state.chunks >= 2) stage.hit();
        stage.pass(chunk);
      },
    }),
  });
  const { stage, hits, push } = stageOf(second);
  stage.run();
  for (const text of ["12345", "b", "c"]) push(text);
  expect(hits).toEqual([5]);
});

test("toxicity is drawn anew for each run, from the seed, and only between 0 and 1", () => {
  const outcomes = (toxicity: number, seed: number): string => {
    const { stage, sink, push } = stageOf(holding, toxicity, seed);
    let pattern = "";
    for (let run = 0; run < 40; run += 1) {
      stage.run();
      const before = sink.text.length;
      push("x");
      pattern += sink.text.length > before ? "." : "#";
      stage.interrupt();
    }
    return pattern;
  };
  expect(outcomes(1, 7)).toBe("#".repeat(40));
  expect(outcomes(0, 7)).toBe(".".repeat(40));
  const drawn = outcomes(0.5, 7);
  expect(drawn).toBe(outcomes(0.5, 7));
  expect(drawn).not.toBe(outcomes(0.5, 8));
  expect(drawn.match(/#/g)?.length).toBeGreaterThan(8);
  expect(drawn.match(/\./g)?.length).toBeGreaterThan(8);
});
