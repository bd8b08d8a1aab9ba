import assert from 'node:assert/strict';
import { chat, check, client } from './checks.mjs';

check('stream: text and usage as the whole answer', async () => {
  const whole = await client.chat.completions.create(chat);
  const stream = await client.chat.completions.create({
    ...chat, stream: true, stream_options: { include_usage: true },
  });
  let text = '';
  const chunks = [];
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    chunks.push(chunk);
  }
  assert.equal(text, whole.choices[0].message.content);
  const { choices, usage } = chunks.pop();
  assert.deepEqual(choices, []);
  assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
  assert.ok(chunks.every((chunk) => chunk.usage === null && chunk.choices.length === 1));
  assert.equal(chunks[0].choices[0].delta.role, 'assistant');
  assert.equal(chunks.at(-1).choices[0].finish_reason, whole.choices[0].finish_reason);
  assert.equal(new Set(chunks.map(({ id, created, model }) => `${id} ${created} ${model}`)).size, 1);
});

check('stream: without the option no chunk lacks a choice', async () => {
  for await (const chunk of await client.chat.completions.create({ ...chat, stream: true })) {
    assert.equal(chunk.choices.length, 1);
    assert.ok(!('usage' in chunk) || chunk.usage === null);
  }
});

check('stream helper: .stream(), n = 2', async () => {
  const whole = await client.chat.completions.create({ ...chat, n: 2 });
  const final = await client.chat.completions.stream({ ...chat, n: 2 }).finalChatCompletion();
  assert.deepEqual(
    final.choices.map((choice) => choice.message.content),
    whole.choices.map((choice) => choice.message.content),
  );
});

check('stream helper: content events', async () => {
  const seen = [];
  const helper = client.chat.completions.stream(chat);
  helper.on('content', (delta, snapshot) => {
    seen.push(delta);
    assert.equal(seen.join(''), snapshot);
  });
  assert.equal(await helper.finalContent(), seen.join(''));
});

check('stream helper: logprobs are gathered', async () => {
  const request = { ...chat, logprobs: true, top_logprobs: 2 };
  const whole = await client.chat.completions.create(request);
  const final = await client.chat.completions.stream(request).finalChatCompletion();
  assert.deepEqual(final.choices[0].logprobs, whole.choices[0].logprobs);
});

check('stream helper: usage is gathered', async () => {
  const helper = client.chat.completions.stream({ ...chat, stream_options: { include_usage: true } });
  const usage = await helper.totalUsage();
  assert.ok(usage.completion_tokens > 0);
});

check('stream: as a web stream and back', async () => {
  const stream = client.chat.completions.stream(chat);
  const { ChatCompletionStream } = await import('openai/lib/ChatCompletionStream');
  const copy = ChatCompletionStream.fromReadableStream(stream.toReadableStream());
  assert.ok((await copy.finalContent()).length > 0);
});

check('stream: tee gives both readers all chunks', async () => {
  const [left, right] = (await client.chat.completions.create({ ...chat, stream: true })).tee();
  const count = async (chunks) => {
    let number = 0;
    for await (const chunk of chunks) number += chunk.choices.length;
    return number;
  };
  assert.equal(await count(left), await count(right));
});
