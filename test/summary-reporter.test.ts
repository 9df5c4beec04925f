import type { TestCase, TestModule } from 'vitest/node';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SummaryReporter } from './summary-reporter.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** As much of a file and of a test as the reporter looks at. */
const fileNamed = (name: string) => ({ moduleId: `${process.cwd()}/${name}` }) as TestModule;
const testThat = (state: string) => ({ result: () => ({ state }) }) as TestCase;

function begin(limits: { silenceMaxMs: number; runMaxMs: number }) {
  let output = '';
  const exit = vi.fn<(status: number) => void>();
  const reporter = new SummaryReporter({ ...limits, exit, print: (text) => (output += text) });
  reporter.onTestRunStart();
  return { reporter, exit, output: () => output };
}

test('a run in which no test ends any more is a failure that names the files at work, and what had passed before', () => {
  const { reporter, exit, output } = begin({ silenceMaxMs: 10_000, runMaxMs: 1_000_000 });
  const [done, stuck] = [fileNamed('a.test.ts'), fileNamed('b.test.ts')];
  reporter.onTestModuleQueued(done);
  reporter.onTestModuleQueued(stuck);
  vi.advanceTimersByTime(9_000);
  reporter.onTestCaseResult(testThat('passed'));
  reporter.onTestModuleEnd(done);
  vi.advanceTimersByTime(9_000);
  expect(exit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3_000);
  expect(exit).toHaveBeenCalledExactlyOnceWith(1);
  expect(output()).toContain('no test ended for 10 s');
  expect(output()).toContain('b.test.ts');
  expect(output()).not.toContain('a.test.ts');
  expect(output()).toMatch(/^1 passed, 1 failed$/m);
});

test('a run that goes on and on is one too', () => {
  const { reporter, exit, output } = begin({ silenceMaxMs: 10_000, runMaxMs: 30_000 });
  for (let second = 0; second < 33; second++) {
    vi.advanceTimersByTime(1_000);
    reporter.onTestCaseResult(testThat('passed'));
  }
  expect(exit).toHaveBeenCalledExactlyOnceWith(1);
  expect(output()).toContain('the run took longer than 30 s');
});

test('a run that has ended is left alone', () => {
  const { reporter, exit, output } = begin({ silenceMaxMs: 10_000, runMaxMs: 30_000 });
  reporter.onTestRunEnd([], []);
  vi.advanceTimersByTime(100_000);
  expect(exit).not.toHaveBeenCalled();
  expect(output()).toBe('0 passed, 0 failed\n');
});
