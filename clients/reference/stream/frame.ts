/** A frame of the exchange as JSON, before anything is known of it. */

export type StreamFrame = Readonly<Record<string, unknown>>;

/** A data frame: it names its topic. */
export type DataFrame = StreamFrame & { readonly topic: string };

/** @returns undefined where it is no JSON object. */
export function parseFrame(text: string): StreamFrame | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as StreamFrame) : undefined;
  } catch {
    return undefined;
  }
}

export const isData = (frame: StreamFrame): frame is DataFrame => typeof frame.topic === "string";
