import { expect } from "vitest";
import stream from "../../../harness/faults/server/stream.ts";
import { upgrade, type FaultStage } from "../../support/fault-stage.ts";
import { truth } from "../truth.ts";

/** A text frame as a client sends it, with a mask of zeros. */
const frame = (text: string): string => `\x81${String.fromCharCode(0x80 | text.length)}\0\0\0\0${text}`;
const ping = frame('{"op":"ping"}');

const resetIs = (end: "fin" | "rst") => async (stage: FaultStage) => {
  const client = await stage.live("exchange-public");
  await stage.fault(stream({ stream: "public", match: { on: "request" }, action: { do: "reset" } }), async () => {
    client.send(ping);
    const endMs = await client.sees(end);
    expect(client.story).toEqual([end]);
    const closed = await stage.seen("connection.closed");
    expect(closed).toMatchObject({ by: "server", how: "reset" });
    await stage.sameMoment(closed.at, endMs);
    await stage.seen("fault.landed");
  });
};

const armReset = ["exchange-public" as const];
const subscribe = frame('{"op":"subscribe","args":["tickers.BTCUSDT"]}');

export default truth({
  cases: {
    "a reset of the mock's is a FIN where the scenario has not armed resets": resetIs("fin"),
    "a reset of the mock's is ECONNRESET where it has": {
      testbed: { armReset: ["exchange-public"] },
      play: resetIs("rst"),
    },
    "a reset in the middle of a frame, where it has: half of it, then ECONNRESET": {
      testbed: { armReset },
      async play(stage) {
        const client = await stage.live("exchange-public");
        const action = { do: "mid-frame-reset" } as const;
        await stage.fault(stream({ stream: "public", match: { on: "topic" }, action }), async () => {
          client.send(subscribe);
          const endMs = await client.sees("rst");
          expect(client.story).toEqual(["rst"]);
          expect(client.text).toMatch(/"topic":"tickers.BTCUSDT"/);
          expect(client.text).not.toMatch(/}$/);
          const closed = await stage.seen("connection.closed");
          expect(closed).toMatchObject({ by: "server", how: "reset" });
          await stage.sameMoment(closed.at, endMs);
          await stage.seen("fault.landed");
        });
      },
    },
    "a reset of a dial before its upgrade, where it has": {
      testbed: { armReset },
      async play(stage) {
        const on = { on: "upgrade" } as const;
        await stage.fault(stream({ stream: "public", match: on, action: { do: "reset" } }), async () => {
          const client = stage.dial("exchange-public");
          client.send(upgrade);
          const endMs = await client.sees("rst");
          expect(client.story).toEqual(["connected", "rst"]);
          const ended = await stage.seen("connection.dial-ended");
          expect(ended.by).toBe("server");
          await stage.sameMoment(ended.at, endMs);
          await stage.seen("fault.landed");
        });
      },
    },
    "a close frame with the code, then the end": async (stage) => {
      const client = await stage.live("exchange-public");
      const action = { do: "close", code: 1012, reason: "" };
      await stage.fault(stream({ stream: "public", match: { on: "request" }, action }), async () => {
        client.send(ping);
        const readMs = await client.reads("\x88\x02\x03\xf4");
        const hit = await stage.seen("rule.hit");
        await stage.sameMoment(hit.at, readMs);
        await stage.seen("fault.landed");
      });
    },
    "nothing, while it stalls, and all of it at the heal": async (stage) => {
      const client = await stage.live("exchange-public");
      await stage.fault(stream({ stream: "public", match: { on: "request" }, action: { do: "stall" } }), async () => {
        client.send(ping);
        await stage.seen("fault.landed");
        expect(client.sights).toEqual([]);
      });
      await client.reads("pong");
      expect(client.story).toEqual([]);
    },
  },
});
