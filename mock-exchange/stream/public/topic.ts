/** What a public topic is: one file in `topics/` a kind, found by its folder. */

import type { MarketData } from "../../market/market-data.ts";
import type { Category } from "../../market/market.ts";
import type { Step } from "../../market/pulse.ts";
import type { Frame } from "../frame.ts";

export interface Topic {
  /** What a new subscriber gets at once: the state as of the step that everybody has seen. */
  greeting(): Frame[];
  /** What a step brings, in order. Called for every step while somebody is subscribed. */
  step(step: Step): Frame[];
}

export interface TopicRequest {
  /** As the client named it, `orderbook.50.BTCUSDT`. */
  topic: string;
  /** Its parts after the first. */
  parts: readonly string[];
  category: Category;
  market: MarketData;
}

export interface TopicKind {
  /** The part before the first dot. */
  name: string;
  /** Undefined where there is no such topic in this category. */
  open(request: TopicRequest): Topic | undefined;
}

export const topicKind = (kind: TopicKind): TopicKind => kind;
