/** Every command by its name: oclif is told, it need not search. */
import add from "./add.ts";
import build from "./build.ts";
import check from "./check.ts";
import compose from "./compose.ts";
import contract from "./contract.ts";
import dev from "./dev.ts";
import diff from "./diff.ts";
import doctor from "./doctor.ts";
import drill from "./drill.ts";
import explain from "./explain.ts";
import gen from "./gen.ts";
import init from "./init.ts";
import mock from "./mock.ts";
import routes from "./routes.ts";
import start from "./start.ts";

export const COMMANDS = {
  init,
  add,
  gen,
  compose,
  dev,
  mock,
  build,
  start,
  routes,
  check,
  diff,
  contract,
  drill,
  explain,
  doctor,
};
