/** The path of a value in the configuration, as text and as steps. */

/** What the whole configuration is called. */
const ROOT = "the configuration";

const STEP = /(?:^|\.)([A-Za-z_$][\w$]*)|\[(\d+|"(?:[^"\\]|\\.)*")\]/y;

/** `services.orders.headers["x y"]`, `frontends.web.cors[0]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (/^[A-Za-z_$][\w$]*$/.test(String(step)))
      text += text === "" ? String(step) : `.${String(step)}`;
    else text += `[${JSON.stringify(String(step))}]`;
  }
  return text === "" ? ROOT : text;
}

/** The steps of a text that {@link formatPath} wrote; undefined for what is no path of the configuration. */
export function parsePath(text: string): (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  if (text === ROOT) return steps;
  STEP.lastIndex = 0;
  for (let end = 0; end < text.length; end = STEP.lastIndex) {
    const [, name, index = ""] = STEP.exec(text) ?? [];
    if (name === undefined && index === "") return undefined;
    steps.push(name ?? (JSON.parse(index) as string | number));
  }
  return steps;
}
