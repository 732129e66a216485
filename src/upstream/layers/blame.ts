/** Failures that say nothing about the service: it was not asked, or was given too little time. */

/** By the error itself: hardly any call fails like this, so that all others pay nothing for it. */
const blameless = new WeakSet<object>();

/** Marks the error of a call for which its service is not to blame. */
export function withoutBlame<Failure>(error: Failure): Failure {
  if (typeof error === "object" && error !== null) blameless.add(error);
  return error;
}

export function isBlameless(error: object): boolean {
  return blameless.has(error);
}
