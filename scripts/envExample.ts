// Writes .env.example from the settings' schema (npm run env:example). A test fails when the committed file is stale.
import { writeFileSync } from 'node:fs';
import { settings } from '../src/config.ts';

/** @returns the whole text of .env.example. */
export function envExample(): string {
  const entries = Object.entries(settings).map(([name, schema]) => {
    const standard = schema.safeParse(undefined);
    const value = standard.success && standard.data !== undefined ? String(standard.data) : '';
    return `# ${schema.description ?? ''}\n#${name}=${value}\n`;
  });
  return `# Settings of Loket. Copy to .env and uncomment what you change.\n# Made from src/config.ts by \`npm run env:example\`.\n\n${entries.join('\n')}`;
}

if (process.argv[1]?.endsWith('envExample.ts')) writeFileSync('.env.example', envExample());
