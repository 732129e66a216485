/** Follows a Dockerfile without a container engine: every stage is a folder, what COPY copies is copied, what RUN runs is run. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";

export interface Image {
  /** Where its root lies on this machine. */
  readonly root: string;
  /** The working directory, on this machine. */
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly exposed: readonly number[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

export interface BuildOptions {
  /** The folder with the Dockerfile. */
  readonly context: string;
  /** Where stages are made. */
  readonly scratch: string;
  /** Done in place of a command, in its working directory. */
  readonly instead: Readonly<Record<string, (workdir: string) => void>>;
}

interface Stage {
  readonly root: string;
  workdir: string;
  readonly env: Record<string, string>;
  user: string;
  readonly exposed: number[];
  command: readonly string[];
  healthcheck: readonly string[];
}

/** The last stage. Throws at an instruction that it does not know, and at a file that is not there. */
export function buildImage({ context, scratch, instead }: BuildOptions): Image {
  const ignored = linesOf(readFileSync(join(context, ".dockerignore"), "utf8"));
  const stages = new Map<string, Stage>();
  let stage: Stage | undefined;
  for (const line of linesOf(readFileSync(join(context, "Dockerfile"), "utf8"))) {
    const [instruction = "", rest = ""] = line.split(/ (.*)/s);
    if (instruction === "FROM") {
      const [, name = String(stages.size)] = / AS (\w+)$/.exec(rest) ?? [];
      const root = join(scratch, name);
      mkdirSync(root, { recursive: true });
      stage = {
        root,
        workdir: root,
        env: {},
        user: "root",
        exposed: [],
        command: [],
        healthcheck: [],
      };
      stages.set(name, stage);
      continue;
    }
    if (stage === undefined) throw new Error(`${line}: there is no stage yet`);
    follow(stage, instruction, rest, { context, ignored, stages, instead });
  }
  if (stage === undefined) throw new Error("there is no stage");
  return stage;
}

interface Surroundings extends Pick<BuildOptions, "context" | "instead"> {
  readonly ignored: readonly string[];
  readonly stages: ReadonlyMap<string, Stage>;
}

function follow(stage: Stage, instruction: string, rest: string, around: Surroundings): void {
  switch (instruction) {
    case "WORKDIR":
      stage.workdir = join(stage.root, rest);
      mkdirSync(stage.workdir, { recursive: true });
      return;
    case "ENV":
      for (const [, name = "", value = ""] of rest.matchAll(/(\w+)=(\S+)/g))
        stage.env[name] = value;
      return;
    case "COPY":
      copy(stage, rest, around);
      return;
    case "RUN": {
      const env = { ...process.env, ...stage.env };
      const stand = around.instead[rest];
      if (stand !== undefined) stand(stage.workdir);
      else execFileSync("sh", ["-c", rest], { cwd: stage.workdir, env, stdio: "pipe" });
      return;
    }
    case "USER":
      stage.user = rest;
      return;
    case "EXPOSE":
      stage.exposed.push(Number(rest));
      return;
    case "HEALTHCHECK":
      stage.healthcheck = JSON.parse(rest.replace(/^.* CMD /, "")) as string[];
      return;
    case "CMD":
      stage.command = JSON.parse(rest) as string[];
      return;
    default:
      throw new Error(`${instruction} ${rest}: not known here`);
  }
}

function copy(stage: Stage, rest: string, { context, ignored, stages }: Surroundings): void {
  const [, from, list = ""] = /^(?:--from=(\w+) )?(.*)$/.exec(rest) ?? [];
  const paths = list.split(" ");
  const target = join(stage.workdir, paths.pop() ?? "");
  const source = from === undefined ? context : stages.get(from)?.root;
  if (source === undefined) throw new Error(`COPY ${rest}: there is no such stage`);
  for (const path of paths) {
    const origin = join(source, path);
    if (!existsSync(origin)) throw new Error(`COPY ${rest}: there is no ${path}`);
    const into =
      statSync(origin).isDirectory() || paths.length === 0 ? target : join(target, basename(path));
    const isIgnored = (file: string): boolean =>
      from === undefined && ignored.some((name) => file === join(context, name));
    cpSync(origin, into, { recursive: true, filter: (file) => !isIgnored(file) });
  }
}

/** Without comments and empty lines. */
function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
}
