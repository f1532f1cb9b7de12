import { LOAD } from './registry.js';
import { testAttempts } from './suite.js';

testAttempts('load', LOAD, { atOnce: false });
