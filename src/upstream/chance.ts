/** Chance, for jitter and samples; handed in, so that tests can choose it. */
import { randomInt } from "node:crypto";

/** From 0 up to 1, without 1. */
export type Random = () => number;

const STEPS = 2 ** 32;

/** The chance of a running gateway. */
export const chance: Random = () => randomInt(STEPS) / STEPS;
