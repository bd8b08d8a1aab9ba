// Exercises /v2/rerank of a running server with Cohere's client, and prints what passed.
//   npm install cohere-ai
//   node main.mjs http://127.0.0.1:8080
import assert from 'node:assert/strict';
import { CohereClientV2, CohereError } from 'cohere-ai';

const client = new CohereClientV2({ token: 'any', environment: process.argv[2] });
const documents = ['Bread is made of flour.', 'A fox eats mice and berries.', 'It rains.'];
const request = { model: 'nightjar-demo-rerank', query: 'What does a fox eat?', documents };

const { results, meta, id } = await client.rerank(request);
assert.deepEqual(results.map(({ index }) => index).sort(), [0, 1, 2]);
assert.equal(results[0].index, 1);
const scores = results.map(({ relevanceScore }) => relevanceScore);
assert.deepEqual(scores, scores.toSorted((a, b) => b - a));
assert.ok(scores.every((score) => score >= 0 && score <= 1));
console.log('  rerank                 passed', id ?? '', JSON.stringify(meta ?? {}));

const { results: top } = await client.rerank({ ...request, topN: 1 });
assert.equal(top.length, 1);
console.log('  rerank: the best alone passed');

await assert.rejects(client.rerank({ ...request, model: 'no-such' }, { maxRetries: 0 }), (error) => {
  assert.ok(error instanceof CohereError);
  assert.equal(error.statusCode, 404);
  return true;
});
console.log('  rerank: unknown model  passed');
