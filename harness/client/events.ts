/** What the harness writes of the client's process. */

declare module "../../core/journal/event.ts" {
  interface EventMap {
    "client.started": { pid: number; command: string; time: string };
    /** The scenario, the end of it, or a fault made the client stop. */
    "client.stopping": { signal: string; by: "operator" | "end-of-run" | "fault" };
    /** The process ended. `expected` is false where nobody asked it to. */
    "client.exited": { pid: number; code: number | null; signal: string | null; expected: boolean };
    /** A process of the client (itself or a child) was seen in a new state by a fault that sent it a signal. */
    "client.process": { pid: number; command: string; state: "running" | "stopped" | "gone" };
    /**
     * What the client printed, but for telemetry: a line (numbers and dates masked with `#`) and how often it came in
     * the minute from its first time on, which is `at` less `agoMs`; `spanMs` is from the first to the last of them. Of
     * the lines of a minute that are too many to count one by one, `line` is null.
     */
    "client.printed": { line: string | null; times: number; agoMs: number; spanMs: number };
    /** A line of the client's own telemetry: `{"firedrill":<event>, …}` on stdout. */
    "client.telemetry": { event: string; data: Readonly<Record<string, unknown>> };
  }
}

export {};
