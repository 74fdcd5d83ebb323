/**
 * What has been started and has to be stopped, in reverse, come what may: `await using cleanup = new Cleanup()`. It is
 * `AsyncDisposableStack`, which Node 22 does not have.
 */

export class Cleanup implements AsyncDisposable {
  readonly #steps: (() => unknown)[] = [];

  defer(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** A step that fails does not keep the others from being done. @throws What the first of them threw. */
  async [Symbol.asyncDispose](): Promise<void> {
    const errors: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
