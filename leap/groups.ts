/** Whose processes share a date and a rule for their CPU, by their number in the shared memory. `testbed` computes for free. */
export type ClockGroup = "client" | "testbed";
export const groups: readonly ClockGroup[] = ["client", "testbed"];
