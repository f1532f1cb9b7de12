/** The script of a page of which only the theme can be changed. */

import { offerThemes } from './theme.js';

offerThemes();
