/**
 * The endpoints of a testbed: the one table of them. A new one is a row here, a mock that listens, and a proxy's port in
 * `harness/testbed/testbed.ts`.
 */

import { unknownName } from "../../core/errors.ts";
import { webhookPath } from "../../mock-webhook/address.ts";

interface EndpointFacts {
  kind: "rest" | "stream";
  /** Sends data unasked, so a connection without any is not back. The others speak when something happens. */
  speaksUnasked: boolean;
  /** The contract's variable that names it to the client. */
  variable: `FIREDRILL_${string}_URL`;
  scheme: "http" | "ws";
  path: string;
}

export const endpoints = {
  "exchange-rest": {
    kind: "rest",
    speaksUnasked: false,
    variable: "FIREDRILL_EXCHANGE_REST_URL",
    scheme: "http",
    path: "",
  },
  "exchange-public": {
    kind: "stream",
    speaksUnasked: true,
    variable: "FIREDRILL_EXCHANGE_PUBLIC_WS_URL",
    scheme: "ws",
    path: "/v5/public/linear",
  },
  "exchange-private": {
    kind: "stream",
    speaksUnasked: false,
    variable: "FIREDRILL_EXCHANGE_PRIVATE_WS_URL",
    scheme: "ws",
    path: "/v5/private",
  },
  "exchange-trade": {
    kind: "stream",
    speaksUnasked: false,
    variable: "FIREDRILL_EXCHANGE_TRADE_WS_URL",
    scheme: "ws",
    path: "/v5/trade",
  },
  signal: { kind: "stream", speaksUnasked: true, variable: "FIREDRILL_SIGNAL_WS_URL", scheme: "ws", path: "" },
  webhook: {
    kind: "rest",
    speaksUnasked: false,
    variable: "FIREDRILL_WEBHOOK_URL",
    scheme: "http",
    path: webhookPath,
  },
} as const satisfies Record<string, EndpointFacts>;

export type Endpoint = keyof typeof endpoints;

export const endpointNames = Object.keys(endpoints) as Endpoint[];

export const streamEndpoints = endpointNames.filter((name) => endpoints[name].kind === "stream");

export const isEndpoint = (name: string): name is Endpoint => Object.hasOwn(endpoints, name);

export const speaksUnasked = (name: string): boolean => isEndpoint(name) && endpoints[name].speaksUnasked;

/** What is wrong with a name, and the nearest that there is; undefined where nothing is. */
export const endpointMistake = (name: string): string | undefined =>
  isEndpoint(name) ? undefined : unknownName("endpoint", name, endpointNames);
