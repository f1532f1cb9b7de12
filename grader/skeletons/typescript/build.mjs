// Makes dist/*.js of *.ts. After `npm install` the compiler does it, and checks the types. Without it Node removes the
// types and checks nothing; Node can do that from version 22.13 on.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as modules from 'node:module';

const COMPILER = 'node_modules/typescript/bin/tsc';

if (existsSync(COMPILER)) {
  process.exit(spawnSync(process.execPath, [COMPILER], { stdio: 'inherit' }).status ?? 1);
}
if (modules.stripTypeScriptTypes === undefined) {
  console.error(
    `Node ${process.version} cannot read TypeScript: type "npm install" in this folder.`,
  );
  process.exit(1);
}
mkdirSync('dist', { recursive: true });
for (const file of readdirSync('.').filter((name) => name.endsWith('.ts'))) {
  const text = modules.stripTypeScriptTypes(readFileSync(file, 'utf8'));
  writeFileSync(`dist/${file.replace(/\.ts$/, '.js')}`, text);
}
