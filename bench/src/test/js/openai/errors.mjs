import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { chat, check, client, connect, narrowUrl, notYet, url } from './checks.mjs';

/** The error of a call that must fail; the client names its class after the status. */
async function failure(call, kind) {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof kind, `${error.constructor.name}: ${error.message}`);
    assert.ok(error.requestID);
    for (const key of ['message', 'type', 'param', 'code']) {
      assert.ok(key in error.error, key + ' is missing in ' + JSON.stringify(error.error));
    }
    assert.ok(error.code === null || typeof error.code === 'string');
    return error;
  }
  assert.fail('expected ' + kind.name);
}
const refused = (more, kind = OpenAI.BadRequestError) =>
  failure(() => client.chat.completions.create({ ...chat, ...more }), kind);

for (const [param, value] of Object.entries({
  temperature: 9,
  top_p: -1,
  n: 0,
  max_tokens: -1,
  messages: [],
  stop: [''],
  presence_penalty: 3,
  frequency_penalty: 'much',
  top_logprobs: 99,
  logit_bias: { cat: 1 },
  response_format: { type: 'xml' },
  tool_choice: 'maybe',
})) {
  check(`errors: 400 names ${param}`, async () => {
    const { param: named } = await refused({ logprobs: param === 'top_logprobs' || undefined, [param]: value });
    assert.ok(named?.startsWith(param), String(named));
  });
}

check('errors: 400 for a prompt that does not fit', async () => {
  const content = 'word '.repeat(20_000);
  const error = await refused({ messages: [{ role: 'user', content }] });
  assert.equal(error.code, 'context_length_exceeded');
});

check('errors: 404 model', async () => {
  assert.equal((await refused({ model: 'nope' }, OpenAI.NotFoundError)).code, 'model_not_found');
});

check('errors: 404 route', async () => {
  await failure(() => client.get('/no-such-route'), OpenAI.NotFoundError);
});

check('errors: embeddings of a text model are refused', async () => {
  await assert.rejects(client.embeddings.create({ model: chat.model, input: 'a' }), (error) => {
    assert.ok([400, 501].includes(error.status), String(error));
    assert.equal(typeof error.error.message, 'string');
    return true;
  });
});

notYet('errors: 401 AuthenticationError', 'there are no access tokens before their issue');

check('errors: 429 RateLimitError of a full queue', async () => {
  assert.ok(narrowUrl, 'give the url of a server that is quickly full');
  const narrow = connect(narrowUrl);
  const leave = new AbortController();
  const long = { ...chat, max_tokens: 800, temperature: 2, ignore_eos: true };
  const calls = Array.from({ length: 8 }, () =>
    narrow.chat.completions.create(long, { signal: leave.signal }));
  const first = await Promise.any(calls.map((call) => call.then(() => assert.fail(), (error) => error)));
  leave.abort();
  await Promise.allSettled(calls);
  assert.ok(first instanceof OpenAI.RateLimitError, String(first));
  assert.ok(Number(first.headers.get('retry-after')) > 0);
});

check('errors: a full queue is tried again by the client', async () => {
  const patient = connect(narrowUrl, { maxRetries: 5 });
  const long = { ...chat, max_tokens: 60, ignore_eos: true };
  const answers = await Promise.all(Array.from({ length: 4 }, () => patient.chat.completions.create(long)));
  assert.ok(answers.every((answer) => answer.choices.length === 1));
});

check('errors: 504 InternalServerError of a deadline, not tried again', async () => {
  let tries = 0;
  const counting = connect(url, {
    maxRetries: 2,
    fetch: (...request) => {
      tries++;
      return fetch(...request);
    },
  });
  const long = { ...chat, max_tokens: 900, ignore_eos: true, temperature: 2 };
  const headers = { 'OICM-Request-Timeout': '0.05' };
  const error = await failure(
    () => counting.chat.completions.create(long, { headers }), OpenAI.InternalServerError);
  assert.equal(error.status, 504);
  assert.equal(tries, 1);
});

check('errors: a deadline in a stream is an error, not an end', async () => {
  const long = { ...chat, max_tokens: 900, ignore_eos: true, temperature: 2, stream: true };
  const headers = { 'OICM-Request-Timeout': '0.2' };
  const stream = await client.chat.completions.create(long, { headers });
  await assert.rejects(async () => {
    for await (const chunk of stream) assert.ok(chunk);
  }, OpenAI.APIError);
});
