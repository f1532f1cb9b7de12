import { BUILD } from './registry.js';
import { testAttempts } from './suite.js';

testAttempts('build', BUILD);
