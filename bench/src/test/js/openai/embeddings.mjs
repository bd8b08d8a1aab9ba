import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { check, client } from './checks.mjs';

const model = 'nightjar-demo-embed';
const input = ['A cat sleeps on the sofa.', 'What is 2 + 3?'];
const create = (more) => client.embeddings.create({ model, input, ...more });
const length = (vector) => Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));

check('embeddings: numbers, though the client asks for base64', async () => {
  const { object, data, usage } = await create();
  assert.equal(object, 'list');
  assert.deepEqual(data.map(({ index }) => index), [0, 1]);
  for (const { embedding } of data) {
    assert.ok(embedding.length > 8);
    assert.ok(Math.abs(length(embedding) - 1) < 1e-5);
  }
  assert.equal(usage.prompt_tokens, usage.total_tokens);
});

check('embeddings: float is the same', async () => {
  const [sent, decoded] = [await create({ encoding_format: 'float' }), await create()];
  sent.data.forEach(({ embedding }, row) =>
    embedding.forEach((x, i) => assert.equal(Math.fround(x), decoded.data[row].embedding[i])),
  );
});

check('embeddings: base64 as it is sent', async () => {
  const { data } = await create({ encoding_format: 'base64' });
  const bytes = Buffer.from(data[0].embedding, 'base64');
  const { embedding } = (await create({ encoding_format: 'float' })).data[0];
  assert.equal(bytes.length, 4 * embedding.length);
  assert.equal(bytes.readFloatLE(4), Math.fround(embedding[1]));
});

check('embeddings: fewer dimensions', async () => {
  const { embedding } = (await create({ dimensions: 16 })).data[0];
  assert.equal(embedding.length, 16);
  assert.ok(Math.abs(length(embedding) - 1) < 1e-5);
});

check('embeddings: too many dimensions is BadRequestError', async () => {
  await assert.rejects(create({ dimensions: 100_000 }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'dimensions');
    return true;
  });
});
