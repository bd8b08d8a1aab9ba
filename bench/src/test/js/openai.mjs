// Exercises a running server with the official Node client.
//   npm install openai && node openai.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import OpenAI from 'openai';

const url = process.argv[2] ?? 'http://127.0.0.1:8080';
const client = new OpenAI({ baseURL: url + '/v1', apiKey: 'any', maxRetries: 0 });
const model = (await client.models.list()).data[0].id;
assert.equal((await client.models.retrieve(model)).id, model);

const messages = [{ role: 'user', content: 'Tell me a short story.' }];
const request = { model, messages, max_tokens: 40, seed: 3 };

const whole = await client.chat.completions.create(request);
const content = whole.choices[0].message.content;
assert.ok(content.length > 0);
assert.equal(whole.choices[0].message.refusal, null);

let streamed = '';
let usage = null;
const stream = await client.chat.completions.create({
  ...request, stream: true, stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  streamed += chunk.choices[0]?.delta?.content ?? '';
  usage = chunk.usage ?? usage;
}
assert.equal(streamed, content);
assert.deepEqual(usage.completion_tokens, whole.usage.completion_tokens);

// The helper checks roles, indexes and finish reasons of every chunk.
const helper = client.chat.completions.stream({ ...request, n: 2 });
const final = await helper.finalChatCompletion();
assert.equal(final.choices[0].message.content, content);
assert.equal(final.choices.length, 2);

const completions = await client.completions.create({
  model, prompt: ['Once upon', 'The cat'], max_tokens: 5, temperature: 0,
});
assert.deepEqual(completions.choices.map((choice) => choice.index), [0, 1]);

async function failure(request) {
  try {
    await client.chat.completions.create(request);
  } catch (error) {
    assert.ok(error.requestID);
    return error;
  }
  assert.fail('expected an error');
}
assert.equal((await failure({ ...request, model: 'nope' })).code, 'model_not_found');
assert.equal((await failure({ ...request, temperature: 9 })).param, 'temperature');
assert.ok((await failure({ ...request, logprobs: true })) instanceof OpenAI.BadRequestError);

// Leaving a stream ends its generation.
async function metric(name) {
  const page = await (await fetch(url + '/metrics')).text();
  return Number(page.match(new RegExp(`^${name} (\\d+)$`, 'm'))[1]);
}
const abortedBefore = await metric('nightjar_sequences_aborted_total');
async function leaveEarly() {
  let count = 0;
  for await (const chunk of await client.chat.completions.create({
    ...request, max_tokens: 1000, temperature: 2, stream: true,
  })) {
    if (++count === 3) break;
  }
  for (let tries = 0; tries < 100 && (await metric('nightjar_sequences_running')) > 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(await metric('nightjar_sequences_running'), 0);
}
// A short answer may end by itself before the client has left, so it gets some chances.
let aborted = abortedBefore;
for (let tries = 0; tries < 20 && aborted === abortedBefore; tries++) {
  request.seed = tries;
  await leaveEarly();
  aborted = await metric('nightjar_sequences_aborted_total');
}
assert.equal(aborted, abortedBefore + 1);
console.log('ok');
