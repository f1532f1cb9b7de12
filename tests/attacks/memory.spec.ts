import { MEMORY } from './registry.js';
import { testAttempts } from './suite.js';

testAttempts('memory', MEMORY);
