/** Operations of real documents whose schemas have no valid value, each with the reason. Everything else must sample. */

export interface Flaw {
  readonly source: RegExp;
  /** `METHOD path part`. */
  readonly part: RegExp;
  readonly reason: string;
  /** The value that is sampled all the same is right but for the choice of a `oneOf`: mocks take it. */
  readonly overlap?: true;
}

export const FLAWS: readonly Flaw[] = [
  {
    source: /github/,
    part: /^PUT \/repos\/\{owner\}\/\{repo\}\/contents\/\{path\} 409/,
    reason:
      "both alternatives are open objects without required properties: whatever matches one matches the other",
    overlap: true,
  },
  {
    source: /readme-legacy/,
    part: /^\w+ \S+ (?:400|401|403|404)/,
    reason: "the alternatives of the error are one and the same schema but for their examples",
    overlap: true,
  },
  {
    source: /polymorphism/,
    part: /^POST \/anything\/one-of-object(?:-ref)? body/,
    reason: "the alternatives are open objects whose properties are all optional",
    overlap: true,
  },
  {
    source: /discriminators/,
    part: /^PATCH \/embedded-discriminator body/,
    reason: "the discriminator is a plain string in both alternatives",
    overlap: true,
  },
  {
    source: /schema-types/,
    part: /^P(?:UT|ATCH) \/anything\/quirks\/polymorphism body/,
    reason: "an allOf of a string and an integer, as its description says",
  },
  {
    source: /circular-request-bodies/,
    part: /^POST \/direct (?:body|200)/,
    reason: "a property that is required holds the schema itself: no value would ever end",
  },
];

/** The flaw that explains why a part of a document has no valid value. */
export function flawOf(source: string, part: string): Flaw | undefined {
  return FLAWS.find((flaw) => flaw.source.test(source) && flaw.part.test(part));
}
