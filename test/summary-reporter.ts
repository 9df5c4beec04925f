import { relative } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

interface Limits {
  /** The longest that a run may go without a test that ends: more than the longest test and its hooks. */
  readonly silenceMaxMs: number;
  /** The longest that a run may take. */
  readonly runMaxMs: number;
  /** Ends the process. */
  readonly exit: (status: number) => void;
  readonly print: (text: string) => void;
}

const LOOK_EVERY_MS = 1_000;

/**
 * Prints `N passed, N failed` when a run ends, the line that `.ci/run` reads. A file that fails to
 * load and an error outside any test count as failed, and skipped tests get a line of their own.
 * A run that hangs, or that takes too long, is ended with the names of the files that were at work, as one more failure.
 */
export class SummaryReporter implements Reporter {
  readonly #limits: Limits;
  readonly #working = new Set<TestModule>();
  #startedAtMs = 0;
  #heardAtMs = 0;
  #passed = 0;
  #failed = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(limits: Partial<Limits> = {}) {
    this.#limits = {
      silenceMaxMs: Number(process.env['TEST_SILENCE_SECONDS'] ?? 900) * 1000,
      runMaxMs: Number(process.env['TEST_LIMIT_SECONDS'] ?? 3600) * 1000,
      exit: (status) => process.exit(status),
      print: (text) => void process.stdout.write(text),
      ...limits,
    };
  }

  onTestRunStart(): void {
    this.#startedAtMs = performance.now();
    this.#heardAtMs = this.#startedAtMs;
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.#watch.unref();
  }

  onTestModuleQueued(module: TestModule): void {
    this.#working.add(module);
  }

  onTestModuleEnd(module: TestModule): void {
    this.#working.delete(module);
    this.#heardAtMs = performance.now();
  }

  onTestCaseResult(test: TestCase): void {
    this.#heardAtMs = performance.now();
    const { state } = test.result();
    if (state === 'passed') this.#passed += 1;
    if (state === 'failed') this.#failed += 1;
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    clearInterval(this.#watch);
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
    const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
    const brokenSuites = suites.filter((suite) => suite.errors().length > 0).length;
    const failed = count('failed') + count('pending') + brokenSuites + unhandledErrors.length;

    for (const test of tests.filter((each) => each.result().state === 'skipped')) {
      this.#limits.print(`skipped: ${test.fullName}\n`);
    }
    this.#limits.print(`${count('passed')} passed, ${failed} failed\n`);
  }

  #look(): void {
    const nowMs = performance.now();
    const { silenceMaxMs, runMaxMs } = this.#limits;
    if (nowMs - this.#heardAtMs > silenceMaxMs) this.#giveUp(`no test ended for ${silenceMaxMs / 1000} s`);
    else if (nowMs - this.#startedAtMs > runMaxMs)
      this.#giveUp(`the run took longer than ${runMaxMs / 1000} s`);
  }

  #giveUp(reason: string): void {
    clearInterval(this.#watch);
    const { print, exit } = this.#limits;
    print(`\nFAIL  ${reason}; at work were:\n`);
    for (const module of this.#working) print(`  ${relative(process.cwd(), module.moduleId)}\n`);
    print(`${this.#passed} passed, ${this.#failed + 1} failed\n`);
    exit(1);
  }
}
