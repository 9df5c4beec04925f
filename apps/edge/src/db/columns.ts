import { customType, integer } from 'drizzle-orm/sqlite-core';
import type { z } from 'zod';

/** Milliseconds since the epoch, by the server's clock. */
export const instantMs = (name: string) => integer(name);

/** A JSON text column whose content passes a zod schema on the way out, since a database is a door too. */
export function jsonColumn<T>(name: string, schema: z.ZodType<T>) {
  return customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (text) => schema.parse(JSON.parse(text)),
  })(name);
}
