/** Emits `server.ts`: the entry that is built into one file and shipped. */
import { printHead, printString } from "./printer.ts";

/**
 * The text of `server.ts`.
 * @param source the configuration's file, relative to the project
 * @param toRoot from the folder of the file to the project, for example `..`
 */
export function emitServer(source: string, toRoot: string): string {
  return [
    `${printHead(source)}import { serve } from "heddle";\n`,
    `import config from ${printString(`${toRoot}/${source}`)};\n`,
    'import { services } from "./gateway.ts";\n',
    'import { routes } from "./routes.ts";\n',
    '\nconst document = () => import("./openapi.json", { with: { type: "json" } });\n',
    "\nawait serve(config, { services, routes, document });\n",
  ].join("");
}
