/** Nothing but a timer each 10 ms: what a leap costs. */
setInterval(() => undefined, 10);
console.log("up");
