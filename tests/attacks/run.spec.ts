import { RUN } from './registry.js';
import { testAttempts } from './suite.js';

testAttempts('run', RUN);
