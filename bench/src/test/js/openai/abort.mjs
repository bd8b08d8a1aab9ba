import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { chat, check, client, metric } from './checks.mjs';

const long = { ...chat, max_tokens: 900, temperature: 2, ignore_eos: true };

/** Leaving must end exactly one generation, soon. */
async function assertAborts(leave) {
  const before = await metric('nightjar_sequences_aborted_total');
  await leave();
  for (let tries = 0; tries < 100 && (await metric('nightjar_sequences_running')) > 0; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(await metric('nightjar_sequences_running'), 0);
  assert.equal(await metric('nightjar_sequences_aborted_total'), before + 1);
}

check('abort: leaving the loop of a stream', () => assertAborts(async () => {
  let count = 0;
  for await (const chunk of await client.chat.completions.create({ ...long, stream: true })) {
    if (chunk && ++count === 3) break;
  }
}));

check('abort: of a stream by its controller', () => assertAborts(async () => {
  const stream = await client.chat.completions.create({ ...long, stream: true });
  let count = 0;
  for await (const chunk of stream) {
    if (chunk && ++count === 3) stream.controller.abort();
  }
}));

check('abort: of the stream helper', () => assertAborts(async () => {
  const helper = client.chat.completions.stream(long);
  helper.once('content', () => helper.abort());
  await assert.rejects(helper.finalChatCompletion(), OpenAI.APIUserAbortError);
}));

check('abort: of a whole request by a signal', () => assertAborts(async () => {
  const leave = new AbortController();
  const call = client.chat.completions.create(long, { signal: leave.signal });
  setTimeout(() => leave.abort(), 60);
  await assert.rejects(call, OpenAI.APIUserAbortError);
}));

check('abort: of a whole request by the client\'s timeout', () => assertAborts(async () => {
  await assert.rejects(
    client.chat.completions.create(long, { timeout: 60 }), OpenAI.APIConnectionTimeoutError);
}));
