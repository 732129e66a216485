/** A composer, and all that is found of it. */
export interface FindingCase {
  readonly name: string;
  /** Statements above the composer. */
  readonly above?: string;
  /** The composer's body. It begins on line 4. */
  readonly code: string;
  /** Kind, place, what it saves, message. Absent: nothing. */
  readonly expected?: readonly string[];
}
