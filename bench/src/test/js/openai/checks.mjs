// The client, the model, and a list of named checks that run in turn.
import OpenAI from 'openai';

export const url = process.argv[2] ?? 'http://127.0.0.1:8080';
export const narrowUrl = process.argv[3];
export const connect = (base, options = {}) =>
  new OpenAI({ baseURL: base + '/v1', apiKey: 'any', maxRetries: 0, ...options });
export const client = connect(url);
export const model = (await client.models.list()).data[0].id;

/** A chat whose answer takes some tokens, the same at each run. */
export const chat = {
  model,
  messages: [{ role: 'user', content: 'Tell me a short story.' }],
  max_tokens: 40,
  seed: 3,
};

const checks = [];

/** Adds a check. */
export function check(name, run) {
  checks.push({ name, run });
}

/** Adds one that cannot run yet. */
export function notYet(name, reason) {
  checks.push({ name, reason });
}

/** The value of a counter or gauge of the server's metrics page. */
export async function metric(name) {
  const page = await (await fetch(url + '/metrics')).text();
  return Number(page.match(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)$`, 'm'))[1]);
}

/** Runs all checks and prints them as a table; a failure ends the process with 1. */
export async function report() {
  const width = Math.max(...checks.map(({ name }) => name.length)) + 2;
  let passed = 0;
  let failed = 0;
  for (const { name, run, reason } of checks) {
    let outcome = reason && 'not yet: ' + reason;
    if (run) {
      try {
        await run();
        passed++;
        outcome = 'passed';
      } catch (failure) {
        failed++;
        outcome = 'FAILED: ' + String(failure.stack ?? failure).split('\n').slice(0, 4).join(' | ');
      }
    }
    console.log('  ' + name.padEnd(width) + outcome);
  }
  console.log(`  ${passed} of ${checks.length} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
