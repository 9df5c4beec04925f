import { defineConfig } from 'drizzle-kit';

/** `drizzle-kit generate --name what_it_does` writes migrations/ from the schema; always with a name. */
export default defineConfig({
  dialect: 'sqlite',
  schema: './apps/edge/src/db/schema/*.ts',
  out: './migrations',
});
