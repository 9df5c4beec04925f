/** The second thread of a `ParameterTeam`. */
import { workerData } from 'node:worker_threads';
import { followTeam } from './parameter-team.ts';

followTeam(workerData);
