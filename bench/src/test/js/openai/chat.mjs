import assert from 'node:assert/strict';
import { chat, check, client } from './checks.mjs';

const create = (more) => client.chat.completions.create({ ...chat, ...more });

check('chat: whole answer', async () => {
  const answer = await create();
  assert.equal(answer.object, 'chat.completion');
  assert.match(answer.id, /^chatcmpl-/);
  assert.ok(Number.isInteger(answer.created));
  const { message, finish_reason, logprobs } = answer.choices[0];
  assert.equal(message.role, 'assistant');
  assert.ok(message.content.length > 0);
  assert.equal(message.refusal, null);
  assert.equal(logprobs, null);
  assert.ok(['stop', 'length'].includes(finish_reason));
  const { prompt_tokens, completion_tokens, total_tokens } = answer.usage;
  assert.equal(total_tokens, prompt_tokens + completion_tokens);
});

check('chat: a seed repeats, whatever else runs', async () => {
  const alone = (await create()).choices[0].message.content;
  const many = await Promise.all([1, 2, 3, 4].map((n) => create({ seed: n === 4 ? 3 : n * 10 })));
  assert.equal(many[3].choices[0].message.content, alone);
});

check('chat: max_completion_tokens before max_tokens', async () => {
  const answer = await create({ max_completion_tokens: 3, ignore_eos: true });
  assert.equal(answer.usage.completion_tokens, 3);
  assert.equal(answer.choices[0].finish_reason, 'length');
});

check('chat: a cap beyond the window is no error', async () => {
  assert.ok((await create({ max_tokens: 10_000_000, temperature: 0 })).choices[0].message.content);
});

check('chat: stop strings', async () => {
  const whole = (await create({ temperature: 0 })).choices[0].message.content;
  const stop = whole.slice(5, 8);
  const cut = (await create({ temperature: 0, stop: [stop] })).choices[0];
  assert.equal(cut.message.content, whole.slice(0, whole.indexOf(stop)));
  assert.equal(cut.finish_reason, 'stop');
});

check('chat: n choices, each with its index', async () => {
  const { choices } = await create({ n: 3 });
  assert.deepEqual(choices.map((choice) => choice.index), [0, 1, 2]);
  const again = await create({ n: 3 });
  assert.deepEqual(
    again.choices.map((choice) => choice.message.content),
    choices.map((choice) => choice.message.content),
  );
});

check('chat: logprobs and top_logprobs', async () => {
  const { choices, usage } = await create({ logprobs: true, top_logprobs: 3 });
  const { content, refusal } = choices[0].logprobs;
  assert.equal(refusal, null);
  assert.ok(content.length > 0 && content.length <= usage.completion_tokens);
  for (const entry of content) {
    assert.ok(entry.logprob <= 0);
    assert.equal(entry.top_logprobs.length, 3);
    assert.deepEqual(entry.bytes, [...Buffer.from(entry.bytes)]);
    const falling = entry.top_logprobs.map((top) => top.logprob);
    assert.deepEqual(falling, falling.toSorted((a, b) => b - a));
  }
  const bytes = Buffer.from(content.flatMap((entry) => entry.bytes));
  assert.ok(bytes.toString('utf8').startsWith(choices[0].message.content));
});

check('chat: logit_bias forbids and forces', async () => {
  const { choices } = await create({ logit_bias: { 300: 100 }, max_tokens: 4, temperature: 0, logprobs: true });
  const tokens = choices[0].logprobs.content.map((entry) => entry.token);
  assert.equal(new Set(tokens).size, 1);
});

check('chat: usage tells cached tokens', async () => {
  const long = [{ role: 'user', content: 'The cat and the dog sat by the river. '.repeat(20) }];
  await create({ messages: long, max_tokens: 1 });
  const { usage } = await create({ messages: long, max_tokens: 1 });
  assert.ok(usage.prompt_tokens_details.cached_tokens > 0);
});

check('chat: content parts, developer role, names', async () => {
  const answer = await create({
    messages: [
      { role: 'developer', content: 'Be brief.' },
      { role: 'user', name: 'Ada', content: [{ type: 'text', text: 'Hello' }, { type: 'text', text: ' there.' }] },
      { role: 'assistant', content: 'Hi.' },
      { role: 'user', content: 'Who are you?' },
    ],
  });
  assert.ok(answer.choices[0].message.content.length > 0);
});

check('chat: the request id is a header', async () => {
  const { data, request_id } = await client.chat.completions.create(chat).withResponse();
  assert.ok(request_id);
  assert.equal(data._request_id, request_id);
});
