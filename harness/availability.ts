/** Whether this machine has something Firedrill can use, and how to get it where it has not (`firedrill doctor`). */
export type Availability = { available: true; detail: string } | { available: false; why: string; fix: string };
