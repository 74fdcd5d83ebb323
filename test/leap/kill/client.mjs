/** A client that listens to ticks, waits on a condition that nobody signals, or computes. `argv`: which. */
import { connect } from "node:net";

const ways = {
  ticks: () => connect(Number(process.env.PORT), "127.0.0.1").resume(),
  condition: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  computes: () => {
    for (;;);
  },
};
console.log(JSON.stringify({ part: "up" }));
ways[process.argv[2]]();
