/**
 * What the reference client is made of. A broken client is the same with one part replaced, which is how it has
 * exactly one defect.
 */

import { AlertQueue, type AlertQueueOptions } from "./alerts/alert-queue.ts";
import { breakerFromOpening, type AlertBreaker } from "./alerts/breaker.ts";
import { DiscordWebhook, type Webhook } from "./alerts/webhook.ts";
import type { Backoff } from "./backoff.ts";
import { SupervisedConnector, type Connector, type ConnectorOptions } from "./connector/supervisor.ts";
import { MarketData } from "./polling/market-data.ts";
import { Ledger } from "./private/ledger.ts";
import { PrivateSession, type PrivateSessionOptions } from "./private/private-session.ts";
import { Quoter, type QuoterOptions } from "./private/quoter.ts";
import { RestReconciler, type Reconciler, type ReconcilerOptions } from "./private/reconciler.ts";
import { stopWhileBanned, type Ban } from "./rest/ban.ts";
import { LimitsFromHeaders, type RateLimits } from "./rest/rate-limits.ts";
import { RestClient, type RestOptions } from "./rest/rest-client.ts";
import { retryWhatIsSafe, type Retry } from "./rest/retry.ts";
import { MeasuredClock, type ServerClock } from "./rest/server-clock.ts";
import { PooledSession, type Session } from "./rest/session.ts";
import { timeoutByOperation, type Timeouts } from "./rest/timeouts.ts";
import { SignalBuffer } from "./signals/buffer.ts";
import { ReconnectingFeed, type FeedOptions, type SignalFeed } from "./signals/feed.ts";
import { utcWaves, type WaveSchedule } from "./signals/waves.ts";
import { streamBackoff } from "./stream/backoff.ts";
import { Books, type BooksOptions } from "./stream/books.ts";
import { StreamConnection, type StreamOptions } from "./stream/connection.ts";
import { HundredInFiveMinutes, type DialBudget } from "./stream/dial-budget.ts";
import { TopicFreshness, type FreshnessOptions } from "./stream/freshness.ts";
import { MarketHealth, type WatchedStream } from "./stream/health.ts";
import type { LatestMarket } from "./stream/market.ts";
import { ConflatingQueue, type MarketQueue } from "./stream/queue.ts";
import { Subscriptions, type SubscriptionOptions } from "./stream/subscriptions.ts";
import { QueueWorker, type MarketHandler, type WorkerOptions } from "./stream/worker.ts";
import { MarketTrader, type MarketTraderOptions } from "./trading/market-trader.ts";
import { TradeStream, type TradeStreamOptions } from "./trading/trade-stream.ts";
import { OncePerSignal, type Trader, type TraderOptions } from "./trading/trader.ts";
import { CollapsedWarnings, type Warnings } from "./warnings.ts";

export interface Parts {
  warnings: () => Warnings;
  session: (baseUrl: string) => Session;
  timeouts: Timeouts;
  retry: Retry;
  limits: () => RateLimits;
  ban: Ban;
  clock: (askTime: () => Promise<number>) => ServerClock;
  rest: (options: RestOptions) => RestClient;
  data: (rest: RestClient) => MarketData;
  connector: (options: ConnectorOptions) => Connector;
  feed: (options: FeedOptions) => SignalFeed;
  signalBuffer: () => SignalBuffer;
  waves: WaveSchedule;
  trader: (options: TraderOptions) => Trader;
  tradeStream: (options: TradeStreamOptions) => TradeStream;
  budget: () => DialBudget;
  redial: () => Backoff;
  stream: (options: StreamOptions) => StreamConnection;
  subscriptions: (options: SubscriptionOptions) => Subscriptions;
  freshness: (options: FreshnessOptions) => TopicFreshness;
  books: (options: BooksOptions) => Books;
  queue: () => MarketQueue;
  ledger: () => Ledger;
  privateSession: (options: PrivateSessionOptions) => PrivateSession;
  reconciler: (options: ReconcilerOptions) => Reconciler;
  quoter: (options: QuoterOptions) => Quoter;
  worker: (options: WorkerOptions) => QueueWorker;
  handler: (market: LatestMarket) => MarketHandler;
  marketHealth: (streams: readonly WatchedStream[]) => MarketHealth;
  marketTrader: (options: MarketTraderOptions) => MarketTrader;
  webhook: (url: string) => Webhook;
  alertBreaker: (changed: (state: string) => void) => AlertBreaker;
  alerts: (options: AlertQueueOptions) => AlertQueue;
}

export const referenceParts: Parts = {
  warnings: () => new CollapsedWarnings(),
  session: (baseUrl) => new PooledSession(baseUrl),
  timeouts: timeoutByOperation,
  retry: retryWhatIsSafe,
  limits: () => new LimitsFromHeaders(),
  ban: stopWhileBanned,
  clock: (askTime) => new MeasuredClock(askTime),
  rest: (options) => new RestClient(options),
  data: (rest) => new MarketData(rest),
  connector: (options) => new SupervisedConnector(options),
  feed: (options) => new ReconnectingFeed(options),
  signalBuffer: () => new SignalBuffer(),
  waves: utcWaves,
  trader: (options) => new OncePerSignal(options),
  tradeStream: (options) => new TradeStream(options),
  budget: () => new HundredInFiveMinutes(),
  redial: streamBackoff,
  stream: (options) => new StreamConnection(options),
  subscriptions: (options) => new Subscriptions(options),
  freshness: (options) => new TopicFreshness(options),
  books: (options) => new Books(options),
  queue: () => new ConflatingQueue(),
  ledger: () => new Ledger(),
  privateSession: (options) => new PrivateSession(options),
  reconciler: (options) => new RestReconciler(options),
  quoter: (options) => new Quoter(options),
  worker: (options) => new QueueWorker(options),
  handler: (market) => market.handle,
  marketHealth: (streams) => new MarketHealth(streams),
  marketTrader: (options) => new MarketTrader(options),
  webhook: (url) => new DiscordWebhook(url),
  alertBreaker: breakerFromOpening,
  alerts: (options) => new AlertQueue(options),
};

/** A shipped client, by default export of its file. */
export interface ClientDefinition {
  /** One line; for a broken client, its defect. */
  summary: string;
  roles: readonly string[];
  parts: Parts;
}

/** The roles that the reference client, and so every client derived from it, plays. */
export const referenceRoles = [
  "signals",
  "trading",
  "rest-polling",
  "market-data",
  "connector",
  "private-stream",
  "trade-stream",
  "alerts",
] as const;

/** The reference client with some part replaced. */
export const broken = (defect: string, parts: Partial<Parts>): ClientDefinition => ({
  summary: defect,
  roles: referenceRoles,
  parts: { ...referenceParts, ...parts },
});
