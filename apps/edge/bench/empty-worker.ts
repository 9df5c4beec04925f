import { Hono } from 'hono';

/** The least that Hono can do, and the least that a question to the database costs: what `npm run bench -- --only edge` compares the edge with. */
const app = new Hono<{ Bindings: { DB: D1Database } }>();
app.get('/query', async (c) => c.json(await c.env.DB.prepare('select 1').first()));
app.get('*', (c) => c.json({ status: 'ok' }));

export default app;
