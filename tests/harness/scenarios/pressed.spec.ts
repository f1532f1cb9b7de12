/**
 * The suites that play whole sets of scenarios. Each of them keeps a processor busy and waits for deadlines of the lab, so
 * they run one after the other, in one file, beside files that need less: side by side they would only disturb each
 * other, and a disturbed run is played again.
 */

import { playLawfulServices } from './lawful-services.suite.js';
import { playLawfulVariants } from './lawful-variants.suite.js';
import { playScenarios } from './scenarios.suite.js';

playLawfulServices();
playScenarios();
playLawfulVariants();
