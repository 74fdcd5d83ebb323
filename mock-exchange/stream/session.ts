/** What the stream's base and its faults know of whoever speaks on a connection; what is said is the session's own. */

/** Why a request is refused, in the words of the stream where they are not given. */
export interface Refusal {
  text: string;
  /** For the answers that carry a code. */
  retCode?: number;
}

/** What is said on one connection. */
export interface StreamSession {
  receive(text: string): void;
  /** Answers a request with a refusal and carries nothing out. */
  refuse(text: string, refusal: Refusal): void;
  closed(): void;
}
