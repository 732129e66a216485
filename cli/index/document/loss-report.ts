/** Collects what the document says only in part, as diagnostics with the composer's place. */
import type { FoundRoute } from "../../gen/composers.ts";
import { DIAGNOSTICS, type Diagnostic } from "../../gen/diagnostics.ts";
import type { ComposerDeclaration } from "../composers-in.ts";

export interface LossReport {
  /** What is lost from now on is lost of this composer. */
  about(declaration: ComposerDeclaration, route: FoundRoute | undefined): void;
  /** @param at where in the answer, or the option; `""`: the whole answer */
  lossy(at: string, what: string): void;
  diagnostics(): readonly Diagnostic[];
}

export function createLossReport(): LossReport {
  const found = new Map<string, Diagnostic>();
  let current: { declaration: ComposerDeclaration; route: FoundRoute | undefined } | undefined;
  return {
    about: (declaration, route) => {
      current = { declaration, route };
    },
    lossy(at, what) {
      if (current === undefined) return;
      const { declaration, route } = current;
      const [, line = "1"] = /:(\d+)$/.exec(declaration.at) ?? [];
      const code = "document-lossy";
      const place = at === "" ? "the answer" : at;
      const diagnostic: Diagnostic = {
        code,
        severity: DIAGNOSTICS[code].severity,
        message: `${declaration.name}, ${place}: ${what}`,
        cure: "give it a type of its own, or describe the answer with the option `output`",
        service: "",
        at: route?.at ?? { file: declaration.file, line: Number(line), column: 1, pointer: "" },
      };
      found.set(`${declaration.at} ${diagnostic.message}`, diagnostic);
    },
    diagnostics: () => [...found.values()],
  };
}
