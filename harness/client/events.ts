/** What the harness writes of the client's process. */

declare module "../../core/journal/event.ts" {
  interface EventMap {
    "client.started": { pid: number; command: string; time: string };
    /** The scenario, or the end of it, asked the client to stop. */
    "client.stopping": { signal: string; by: "operator" | "end-of-run" };
    /** The process ended. `expected` is false where nobody asked it to. */
    "client.exited": { pid: number; code: number | null; signal: string | null; expected: boolean };
    /** A line of the client's own telemetry: `{"firedrill":<event>, …}` on stdout. */
    "client.telemetry": { event: string; data: Readonly<Record<string, unknown>> };
  }
}

export {};
