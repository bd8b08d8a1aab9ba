import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { check, client } from './checks.mjs';

check('models: list', async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    assert.equal(model.object, 'model');
    assert.ok(Number.isInteger(model.created));
    assert.equal(typeof model.owned_by, 'string');
    ids.push(model.id);
  }
  assert.ok(ids.length > 0);
});

check('models: retrieve each, ids with a slash too', async () => {
  const { data } = await client.models.list();
  assert.ok(data.some(({ id }) => id.includes('/')), 'serve a model whose id has a slash');
  for (const { id } of data) {
    assert.equal((await client.models.retrieve(id)).id, id);
  }
});

check('models: unknown id is NotFoundError', async () => {
  await assert.rejects(client.models.retrieve('no/such'), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, 'model_not_found');
    return true;
  });
});
