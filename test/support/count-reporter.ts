/** A vitest reporter that ends every run with `N passed, N failed` alone on a line. */
import type { Reporter, TestModule } from "vitest/node";

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      // A file that cannot be collected has no tests, yet must not count as nothing.
      if (module.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped += 1;
      }
    }
    const rest = skipped > 0 ? `, ${skipped} skipped` : "";
    // After vitest's own summary, so that it is the last line.
    setImmediate(() => process.stdout.write(`\n${passed} passed, ${failed} failed${rest}\n`));
  }
}
