/** Bundles and runs `gateway.ts` with the bare pipeline in the place of the real one; the rest is the same to the byte. */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const file = resolve(".heddle/scripts/layers-bare.mjs");
const bundle = await rolldown({
  input: resolve("bench/layers/gateway.ts"),
  platform: "node",
  external: (id) => /^[a-z@]/i.test(id) && id !== "heddle",
  resolve: { alias: { heddle: resolve("src/index.ts") } },
  plugins: [
    {
      name: "bare-pipeline",
      resolveId(source, importer) {
        const isPipeline = source === "./pipeline.ts" && importer?.endsWith("upstream/services.ts");
        return isPipeline ? resolve("bench/layers/bare-pipeline.ts") : undefined;
      },
    },
  ],
  logLevel: "warn",
});
await bundle.write({ file, format: "esm", codeSplitting: false });
await bundle.close();
await import(pathToFileURL(file).href);
