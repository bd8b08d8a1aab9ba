import assert from 'node:assert/strict';
import { z } from 'zod';
import { zodResponseFormat } from 'openai/helpers/zod';
import { chat, check, client } from './checks.mjs';

const Animal = z.object({
  name: z.string().max(20),
  legs: z.number().int().min(0).max(8),
  kind: z.enum(['cat', 'dog', 'bird']),
  tame: z.boolean(),
});
const request = { ...chat, max_tokens: 300, temperature: 1.2 };

check('structured: json_schema with zod, parsed', async () => {
  const format = zodResponseFormat(Animal, 'animal');
  const answer = await client.chat.completions.parse({ ...request, response_format: format });
  assert.equal(answer.choices[0].finish_reason, 'stop');
  Animal.parse(answer.choices[0].message.parsed);
});

check('structured: .stream() helper, parsed', async () => {
  const format = zodResponseFormat(Animal, 'animal');
  const helper = client.chat.completions.stream({ ...request, response_format: format });
  const final = await helper.finalChatCompletion();
  Animal.parse(final.choices[0].message.parsed);
});

check('structured: json_schema as a plain object', async () => {
  const schema = {
    type: 'object',
    properties: { answer: { type: 'string', enum: ['yes', 'no'] } },
    required: ['answer'],
    additionalProperties: false,
  };
  const answer = await client.chat.completions.create({
    ...request, response_format: { type: 'json_schema', json_schema: { name: 'answer', schema, strict: true } },
  });
  assert.ok(['yes', 'no'].includes(JSON.parse(answer.choices[0].message.content).answer));
});

check('structured: json_object', async () => {
  const answer = await client.chat.completions.create({ ...request, response_format: { type: 'json_object' } });
  const [{ message, finish_reason }] = answer.choices;
  if (finish_reason === 'stop') {
    assert.equal(typeof JSON.parse(message.content), 'object');
  } else {
    assert.equal(finish_reason, 'length');
  }
});

check('structured: text is the default', async () => {
  const plain = await client.chat.completions.create(chat);
  const text = await client.chat.completions.create({ ...chat, response_format: { type: 'text' } });
  assert.equal(text.choices[0].message.content, plain.choices[0].message.content);
});

check('structured: an unsupported keyword is named', async () => {
  const schema = { type: 'object', unevaluatedProperties: false, properties: { a: { $dynamicRef: '#x' } } };
  const format = { type: 'json_schema', json_schema: { name: 'bad', schema } };
  await assert.rejects(client.chat.completions.create({ ...request, response_format: format }), (error) => {
    assert.equal(error.status, 400);
    assert.match(error.message, /\$dynamicRef|unevaluatedProperties/);
    return true;
  });
});
