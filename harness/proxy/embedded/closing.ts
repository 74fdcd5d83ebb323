/** How a connection through the proxy ends. */

/** Who ended it: one of the two peers, or the engine itself (a toxic, a disabled proxy). */
export type ClosedBy = "client" | "upstream" | "proxy";
export type ClosedHow = "fin" | "rst";
