import { FILES } from './registry.js';
import { testAttempts } from './suite.js';

testAttempts('files', FILES);
