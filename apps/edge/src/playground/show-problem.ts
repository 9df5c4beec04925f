import { element } from './element.ts';
import { ProblemError } from './api.ts';

const FIELDS = ['prompt', 'negative_prompt', 'preset', 'seed', 'key'] as const;

/** Takes every error off the form. */
export function clearProblems(): void {
  for (const field of FIELDS) setError(field, '');
  element('form-error', HTMLElement).textContent = '';
}

/** Puts each part of a refusal beside the field that it points at, and the rest below the buttons. */
export function showProblem(error: unknown): void {
  const rest: string[] = [];
  for (const { field, text } of explain(error)) {
    if (field === null) rest.push(text);
    else setError(field, text);
  }
  element('form-error', HTMLElement).textContent = rest.join(' ');
  document.querySelector<HTMLElement>('#form [aria-invalid="true"]')?.focus();
}

function explain(error: unknown): { field: (typeof FIELDS)[number] | null; text: string }[] {
  if (!(error instanceof ProblemError)) {
    return [{ field: null, text: 'The server could not be reached. Please try again.' }];
  }
  const { code, detail, errors } = error.problem;
  if (code.startsWith('auth.')) return [{ field: 'key', text: detail }];
  if (code.startsWith('safety.')) return [{ field: 'prompt', text: detail }];
  if (!errors || errors.length === 0) return [{ field: null, text: detail }];
  return errors.map((part) => {
    const name = part.pointer.replace(/^#?\//, '');
    const field = FIELDS.find((candidate) => candidate === name) ?? null;
    return { field, text: field === null ? `${part.pointer}: ${part.detail}` : sentence(part.detail) };
  });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function setError(field: (typeof FIELDS)[number], text: string): void {
  element(`${field}-error`, HTMLElement).textContent = text;
  const control = document.getElementById(field);
  if (text === '') control?.removeAttribute('aria-invalid');
  else control?.setAttribute('aria-invalid', 'true');
}
