import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Prints `N passed, N failed` when a run ends, the line that `.ci/run` reads. A file that fails to
 * load and an error outside any test count as failed, and skipped tests get a line of their own.
 */
export class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const brokenSuites = suites.filter((suite) => suite.errors().length > 0).length;
    const failed = count('failed') + count('pending') + brokenSuites + unhandledErrors.length;

    for (const test of tests.filter((each) => each.result().state === 'skipped')) {
      process.stdout.write(`skipped: ${test.fullName}\n`);
    }
    process.stdout.write(`${count('passed')} passed, ${failed} failed\n`);
  }
}
