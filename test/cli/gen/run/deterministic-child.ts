/** Generates a project and prints the hash of everything that was made. Run by a test, under other circumstances each time. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { runGen } from "../../../../cli/gen/run.ts";

const [root = "", out = "", ...documents] = process.argv.slice(2);
const services = Object.fromEntries(
  documents.map((document, index) => [`service${index}`, { document }]),
);
const { outcome } = await runGen({ root, services, out });
const folder = join(root, out);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  statSync(join(folder, name)).isFile(),
);
const hash = createHash("sha256");
for (const name of names.sort()) hash.update(name).update(readFileSync(join(folder, name)));
process.stdout.write(
  `${outcome} ${names.length} ${hash.digest("hex")} ${new Date(0).getHours()} ${process.cwd() === root}`,
);
