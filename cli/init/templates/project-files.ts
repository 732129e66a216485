/** The files of a new project that are not code: settings, container, words. */

/** Exact versions: generated output must not drift with a tool. */
export const DEV_DEPENDENCIES: Readonly<Record<string, string>> = {
  "@types/node": "20.19.43",
  typescript: "5.9.3",
  vitest: "4.1.12",
};

export const SCRIPTS: Readonly<Record<string, string>> = {
  gen: "heddle gen",
  dev: "heddle dev --mock",
  check: "heddle check",
  test: "vitest run",
  build: "heddle build",
  start: "heddle start",
};

export const tsconfig = `{
  "compilerOptions": {
    "target": "es2022",
    "lib": ["es2023"],
    "module": "nodenext",
    "types": ["node"],
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "exactOptionalPropertyTypes": true,
    "verbatimModuleSyntax": true,
    "erasableSyntaxOnly": true,
    "allowImportingTsExtensions": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["*.ts", "composers", "generated", "test"]
}
`;

export const gitignore = `node_modules/
dist/
.heddle/
.env
`;

export const gitattributes = `generated/*/schema.d.ts linguist-generated
generated/frontends/*.d.ts linguist-generated
generated/*/client.d.ts linguist-generated
generated/*/operations.ts linguist-generated
generated/*/schemas.ts linguist-generated
`;

export const dockerignore = `node_modules
dist
.heddle
.git
.env
`;

export const dockerfile = `# The gateway is one file: the second stage needs neither npm packages nor sources. package.json only says
# that it is an ES module.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npx heddle build

FROM node:24-slim
ENV NODE_ENV=production PORT=8080
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
USER node
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/server.js"]
`;

/** The first page of a new project. */
export function readme(name: string): string {
  return `# ${name}

A gateway made with Heddle: one typed door for the frontends, generated from the
OpenAPI documents of the services.

\`\`\`sh
npm install
npm run gen       # specs/ -> generated/
npm run dev       # gateway and mock services, reloaded on every change
npm test
npm run check     # generated/ is current and the composers type-check; in CI: npm run check -- --strict
npm run build     # one file, dist/server.js
\`\`\`

| folder | what | who writes it |
|---|---|---|
| \`specs/\` | the services' documents | you |
| \`composers/\` | one file a route, a folder a frontend | you |
| \`generated/\` | typed clients, routes, the server's entry; committed | \`heddle gen\`, always |
| \`heddle.config.ts\` | services, frontends, limits | you |

- Another service: \`npx heddle add orders specs/orders.yaml\`; a URL or a file inside an npm package works too
- Another route: \`npx heddle compose web/book-list --uses books.listBooks\`
- Where the services are is told by the environment when the server starts (\`BOOKS_URL\`); \`.env\` is read by \`heddle dev\` only.
`;
}
