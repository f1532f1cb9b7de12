/** Loaded before all tests: whoever starts them, commands are shown as those of an installed pblab. */

delete process.env['npm_lifecycle_event'];
