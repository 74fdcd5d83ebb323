/** A delta also deletes a level that the book never had, far below it. */

import { z } from "zod";
import { Frame } from "../../frame.ts";
import { onFrame, streamAction } from "../action.ts";
import { isBookDelta } from "../book-frame.ts";

const firstPrice = /\["([\d.]+)",/;

export default streamAction({
  on: ["topic"],
  streams: ["public"],
  parameters: z.strictObject({}),
  wants: isBookDelta,
  topic: (_parameters, moment) =>
    onFrame((frame) => {
      const price = firstPrice.exec(frame.text)?.[1];
      moment.deliver(price === undefined ? frame : new Frame(withDelete(frame.text, half(price))));
    }),
});

/** Bids are sorted downwards, so the lowest comes last. */
function withDelete(text: string, price: string): string {
  const row = `["${price}","0"]`;
  return text.replace(
    /"b":\[(.*?)\](?=,"a")/,
    (_whole, rows: string) => `"b":[${rows === "" ? "" : `${rows},`}${row}]`,
  );
}

/** With as many decimals, and whole where it can be: then it is a multiple of the tick. */
function half(price: string): string {
  const decimals = price.split(".")[1]?.length ?? 0;
  const value = Number(price) / 2;
  return (value >= 1 ? Math.floor(value) : value).toFixed(decimals);
}
