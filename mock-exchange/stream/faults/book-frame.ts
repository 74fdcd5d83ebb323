/** What faults read and change in a frame's JSON text. Frames are shared among connections: a change is a new frame. */

import { Frame } from "../frame.ts";

export const isSnapshot = ({ text }: Frame): boolean => text.includes('"type":"snapshot"');
export const isDelta = ({ text }: Frame): boolean => text.includes('"type":"delta"');
export const isBookDelta = (frame: Frame, topic: string): boolean => topic.startsWith("orderbook.") && isDelta(frame);

const update = /"u":(\d+)/;

/** A book's update number. */
export function uOf({ text }: Frame): number | undefined {
  const found = update.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

export const withU = (frame: Frame, shift: number): Frame =>
  new Frame(frame.text.replace(update, (_whole, u: string) => `"u":${Number(u) + shift}`));
