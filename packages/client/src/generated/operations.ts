// Written by `npm run generate` from the contracts of the routes; edit those.
import { MetaOperations } from './operations/meta.ts';

/** One method for each operation of the API, named as in its OpenAPI document. */
export class Operations extends MetaOperations {}
