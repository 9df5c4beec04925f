import { z } from 'zod';
import { PAGE_DEFAULT_LENGTH, PAGE_MAX_LENGTH } from '../limits.ts';

/** Query fields of every list: newest first, and on from the last object of the page before. */
export function pageQuery<Id extends z.ZodType>(id: Id) {
  return {
    limit: z.coerce.number().int().min(1).max(PAGE_MAX_LENGTH).default(PAGE_DEFAULT_LENGTH),
    starting_after: id.optional().describe('Goes on behind this one: the last of the page before.'),
  };
}

const instant = z.iso.datetime({ offset: true });

/** Query fields that bound when an object was created. */
export const CREATED_FILTERS = {
  'created[gte]': instant.optional().describe('Created at this instant or later.'),
  'created[gt]': instant.optional().describe('Created later than this instant.'),
  'created[lte]': instant.optional().describe('Created at this instant or earlier.'),
  'created[lt]': instant.optional().describe('Created earlier than this instant.'),
};
export interface CreatedFilters {
  'created[gte]'?: string | undefined;
  'created[gt]'?: string | undefined;
  'created[lte]'?: string | undefined;
  'created[lt]'?: string | undefined;
}

/** A page of a list. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({
    object: z.literal('list'),
    data: z.array(item),
    has_more: z.boolean().describe('Whether a page follows: ask for it with `starting_after`.'),
  });
}
