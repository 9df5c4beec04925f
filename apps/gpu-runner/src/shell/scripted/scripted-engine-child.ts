import { serveEngine } from '../serve-engine.ts';
import { scriptedEngine } from './scripted-engine.ts';

// The entry of the engine process in test mode.
await serveEngine(async () => scriptedEngine);
