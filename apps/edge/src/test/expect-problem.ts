import { Problem } from '@headwright/shared/api/problem';
import { ERROR_CODES, type ErrorCode } from '@headwright/shared/error-codes';
import { expect } from 'vitest';

/** The answer is the problem document of this code, as RFC 9457 and our own list want it. */
export async function expectProblem(response: Response, code: ErrorCode): Promise<Problem> {
  const problem = Problem.parse(await response.json());
  expect(problem.code).toBe(code);
  expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  expect(problem).toMatchObject({ ...ERROR_CODES[code], type: `/v1/errors/${code}` });
  expect(response.status).toBe(problem.status);
  expect(problem.request_id).toMatch(/^req_/);
  expect(response.headers.get('Request-Id')).toBe(problem.request_id);
  return problem;
}
