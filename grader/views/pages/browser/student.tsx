/** On a student's page: what can be looked at closely, filtered and copied. */

import './copy.js';
import './log-filter.js';
import './open-target.js';
import './space-time.js';
import './theme.js';
