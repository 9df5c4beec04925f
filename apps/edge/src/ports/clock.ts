/** Milliseconds since the epoch. */
export type Clock = () => number;

/** The server's own clock. */
export const systemClock: Clock = () => Date.now();
