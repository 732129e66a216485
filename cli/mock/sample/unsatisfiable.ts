/** Thrown inside the sampler where no value was found; caught wherever there is another way. */

export class Unsatisfiable extends Error {
  override readonly name = "Unsatisfiable";
}
