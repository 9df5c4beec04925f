import { digestHeadTemplate } from './digest-head-template.ts';
import type { HeadTemplate } from './head-template.ts';

/** Refuses a template that is not the one a head was made from. */
export function requireHeadTemplate(headTemplate: HeadTemplate, sha256: string): void {
  const digest = digestHeadTemplate(headTemplate);
  if (digest === sha256) return;
  throw new Error(`requireHeadTemplate: expected the head template ${sha256} of the head, got ${digest}`);
}
