import { VERDICT } from './registry.js';
import { testAttempts } from './suite.js';

testAttempts('verdict', VERDICT);
