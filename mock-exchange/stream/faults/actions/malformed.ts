/**
 * A frame that is no message, before the genuine one or, with `instead`, in its place: no JSON, JSON cut short, or JSON
 * in which everything has the wrong type.
 */

import { z } from "zod";
import { Frame } from "../../frame.ts";
import { onFrame, streamAction } from "../action.ts";

const kinds: Record<string, (text: string, topic: string) => string> = {
  "invalid-json": (_text, topic) => `{"topic":"${topic}","type":delta,}`,
  "truncated-json": (text) => text.slice(0, Math.ceil(text.length / 2)),
  "wrong-types": (_text, topic) =>
    JSON.stringify({ topic, type: 7, ts: "soon", data: { s: 1, b: "none", a: null, u: "next", seq: [] }, cts: {} }),
};

export default streamAction({
  on: ["topic"],
  parameters: z.strictObject({
    kind: z.enum(["invalid-json", "truncated-json", "wrong-types"]),
    instead: z.boolean().default(false),
  }),
  topic: ({ kind, instead }, moment) =>
    onFrame((frame) => {
      moment.send(new Frame(kinds[kind]?.(frame.text, moment.topic) ?? ""));
      if (!instead) moment.deliver(frame);
    }),
});
