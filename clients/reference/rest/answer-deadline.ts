/**
 * The time that an operation has for its whole answer, from the moment its request is written. Until then it waits for a
 * connection, and a dial has a limit of its own: a request that was given up for a slow dial was never too slow.
 */

import type { Dispatcher } from "undici";

export const answeredWithin =
  (timeoutMs: number): Dispatcher.DispatcherComposeInterceptor =>
  (dispatch) =>
  (options, handler) =>
    dispatch(options, timed(handler, timeoutMs));

function timed(handler: Dispatcher.DispatchHandler, timeoutMs: number): Dispatcher.DispatchHandler {
  let deadline: NodeJS.Timeout | undefined;
  return {
    onRequestStart(controller, context) {
      deadline = setTimeout(() => controller.abort(new Error(`not answered within ${timeoutMs} ms`)), timeoutMs);
      handler.onRequestStart?.(controller, context);
    },
    onResponseStart: (controller, status, headers, message) =>
      handler.onResponseStart?.(controller, status, headers, message),
    onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
    onResponseEnd(controller, trailers) {
      clearTimeout(deadline);
      handler.onResponseEnd?.(controller, trailers);
    },
    onResponseError(controller, error) {
      clearTimeout(deadline);
      handler.onResponseError?.(controller, error);
    },
  };
}
