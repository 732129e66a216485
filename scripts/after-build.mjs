/** What `tsc` leaves to do: removes outputs whose source is gone, makes declarations resolve, renders the root help. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");

for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
  const ending = /\.(js|js\.map|d\.ts)$/;
  if (!ending.test(name)) continue;
  const source = join(root, name.replace(ending, ".ts"));
  if (!existsSync(source)) rmSync(join(dist, name));
  else if (name.endsWith(".d.ts")) rewriteImports(join(dist, name));
}
// What the next build goes by is of no use to anybody else.
writeFileSync(join(dist, ".npmignore"), ".tsbuildinfo\n");
await renderRootHelp();

/** tsc rewrites the extensions of relative imports in JavaScript, not in declarations. */
function rewriteImports(file) {
  const text = readFileSync(file, "utf8");
  const rewritten = text.replace(
    /((?:from|import)\s*\(?\s*")(\.\.?\/[^"]+?)(?<!\.d)\.ts(")/g,
    "$1$2.js$3",
  );
  if (rewritten !== text) writeFileSync(file, rewritten);
}

/** The root help as oclif prints it, so that `bin/heddle.js` need not load oclif for it. */
async function renderRootHelp() {
  // Set before oclif is loaded: it reads the width and the colours then.
  process.env.OCLIF_COLUMNS = "80";
  process.env.NO_COLOR = "1";
  const { Config, loadHelpClass } = await import("@oclif/core");
  const config = await Config.load({ root, ignoreManifest: true });
  const Help = await loadHelpClass(config);
  const lines = [];
  class Recorder extends Help {
    log(...args) {
      lines.push(args.join(" "));
    }
  }
  await new Recorder(config, config.pjson.oclif.helpOptions).showRootHelp();
  const help = `${lines.join("\n")}\n`.replace(config.userAgent, "{version}");
  const version = `${config.name}/${config.version}`;
  writeFileSync(join(dist, "cli/root-help.json"), `${JSON.stringify({ version, help })}\n`);
}
