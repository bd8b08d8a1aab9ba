import assert from 'node:assert/strict';
import { check, client, model } from './checks.mjs';

const request = { model, prompt: 'Once upon a time', max_tokens: 12, temperature: 0 };
const create = (more) => client.completions.create({ ...request, ...more });

check('completions: whole', async () => {
  const answer = await create();
  assert.equal(answer.object, 'text_completion');
  assert.ok(answer.choices[0].text.length > 0);
  assert.equal(answer.choices[0].logprobs, null);
});

check('completions: 16 tokens unless told', async () => {
  const { usage } = await create({ max_tokens: undefined, ignore_eos: true });
  assert.equal(usage.completion_tokens, 16);
});

check('completions: several prompts, n each', async () => {
  const { choices } = await create({ prompt: ['Once upon', 'The cat'], n: 2 });
  assert.deepEqual(choices.map((choice) => choice.index), [0, 1, 2, 3]);
});

check('completions: a prompt of token ids', async () => {
  assert.equal((await create({ prompt: [40, 41, 42] })).usage.prompt_tokens, 3);
});

check('completions: echo', async () => {
  const { text } = (await create({ echo: true })).choices[0];
  assert.ok(text.startsWith(request.prompt));
  assert.equal(text.slice(request.prompt.length), (await create()).choices[0].text);
});

check('completions: logprobs', async () => {
  const { text, logprobs } = (await create({ logprobs: 2 })).choices[0];
  assert.equal(logprobs.tokens.join(''), text);
  assert.equal(logprobs.token_logprobs.length, logprobs.tokens.length);
  assert.equal(logprobs.text_offset[0], 0);
  for (const top of logprobs.top_logprobs) {
    assert.ok(Object.keys(top).length >= 1 && Object.keys(top).length <= 3);
  }
});

check('completions: logprobs of an echoed prompt alone', async () => {
  const { text, logprobs } = (await create({ echo: true, logprobs: 0, max_tokens: 0 })).choices[0];
  assert.equal(text, request.prompt);
  assert.equal(logprobs.token_logprobs[0], null);
  assert.ok(logprobs.token_logprobs.slice(1).every((value) => value <= 0));
});

check('completions: streamed as whole', async () => {
  let text = '';
  let finish;
  const stream = await create({ stream: true, stream_options: { include_usage: true } });
  let usage;
  for await (const chunk of stream) {
    text += chunk.choices[0]?.text ?? '';
    finish = chunk.choices[0]?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  const whole = await create();
  assert.equal(text, whole.choices[0].text);
  assert.equal(finish, whole.choices[0].finish_reason);
  assert.deepEqual(usage.total_tokens, whole.usage.total_tokens);
});

check('completions: suffix fills in or is refused by name', async () => {
  try {
    assert.equal(typeof (await create({ suffix: ' the end.' })).choices[0].text, 'string');
  } catch (error) {
    assert.equal(error.status, 400);
    assert.equal(error.param, 'suffix');
  }
});
