import assert from 'node:assert/strict';
import { z } from 'zod';
import { zodFunction } from 'openai/helpers/zod';
import { check, client, model } from './checks.mjs';

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Get the weather of a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', enum: ['Paris', 'London'], description: 'The city' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};
const clock = {
  type: 'function',
  function: {
    name: 'get_time',
    description: 'Get the time in a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string', enum: ['Paris', 'London'] } },
      required: ['city'],
      additionalProperties: false,
    },
  },
};
const question = {
  model,
  messages: [{ role: 'user', content: 'What is the weather in Paris?' }],
  tools: [weather, clock],
  max_tokens: 200,
  temperature: 0,
};
const create = (more) => client.chat.completions.create({ ...question, ...more });

/** Whole calls whose arguments parse, or a cut by length. */
function assertCalls(choice, names) {
  assert.ok(['tool_calls', 'length'].includes(choice.finish_reason), choice.finish_reason);
  const calls = choice.message.tool_calls;
  assert.ok(calls.length > 0);
  assert.equal(new Set(calls.map((call) => call.id)).size, calls.length);
  for (const call of calls) {
    assert.equal(call.type, 'function');
    assert.ok(call.id.length > 0);
    assert.ok(names.includes(call.function.name), call.function.name);
    assert.equal(typeof call.function.arguments, 'string');
    if (choice.finish_reason === 'tool_calls') {
      assert.deepEqual(Object.keys(JSON.parse(call.function.arguments)), ['city']);
    }
  }
}

check('tools: auto answers with text or calls', async () => {
  const { message, finish_reason } = (await create({ tool_choice: 'auto' })).choices[0];
  if (message.tool_calls) {
    assertCalls({ message, finish_reason }, ['get_weather', 'get_time']);
  } else {
    assert.ok(message.content.length > 0);
  }
});

check('tools: none never calls', async () => {
  const { message } = (await create({ tool_choice: 'none' })).choices[0];
  assert.ok(!message.tool_calls);
  assert.ok(message.content.length > 0);
});

check('tools: required always calls', async () => {
  const [choice] = (await create({ tool_choice: 'required' })).choices;
  assertCalls(choice, ['get_weather', 'get_time']);
  assert.equal(choice.message.content, null);
});

check('tools: a named function is the one called', async () => {
  const named = { type: 'function', function: { name: 'get_time' } };
  const [choice] = (await create({ tool_choice: named })).choices;
  assert.equal(choice.message.tool_calls[0].function.name, 'get_time');
});

check('tools: allowed_tools limits the choice', async () => {
  const allowed = {
    type: 'allowed_tools',
    allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'get_time' } }] },
  };
  assertCalls((await create({ tool_choice: allowed })).choices[0], ['get_time']);
});

check('tools: parallel_tool_calls false gives one call', async () => {
  const [choice] = (await create({ tool_choice: 'required', parallel_tool_calls: false })).choices;
  assert.equal(choice.message.tool_calls.length, 1);
});

check('tools: parallel calls have indexes and ids of their own', async () => {
  const messages = [{ role: 'user', content: 'What is the weather and the time in Paris?' }];
  const [choice] = (await create({ messages, tool_choice: 'required', parallel_tool_calls: true })).choices;
  assertCalls(choice, ['get_weather', 'get_time']);
});

check('tools: streamed deltas', async () => {
  const stream = await create({ tool_choice: 'required', stream: true });
  const calls = [];
  let finish;
  for await (const { choices } of stream) {
    for (const delta of choices[0].delta.tool_calls ?? []) {
      if (calls[delta.index] === undefined) {
        assert.ok(delta.id);
        assert.equal(delta.type, 'function');
        assert.ok(delta.function.name);
        calls[delta.index] = '';
      } else {
        assert.ok(!('id' in delta) && !('type' in delta) && !('name' in delta.function));
      }
      calls[delta.index] += delta.function.arguments;
    }
    finish = choices[0].finish_reason ?? finish;
  }
  const whole = (await create({ tool_choice: 'required' })).choices[0];
  assert.equal(finish, whole.finish_reason);
  assert.deepEqual(calls, whole.message.tool_calls.map((call) => call.function.arguments));
});

check('tools: .stream() helper', async () => {
  const final = await client.chat.completions
    .stream({ ...question, tool_choice: 'required' })
    .finalChatCompletion();
  assertCalls(final.choices[0], ['get_weather', 'get_time']);
});

check('tools: strict function with zod, parsed arguments', async () => {
  const tool = zodFunction({ name: 'get_weather', parameters: z.object({ city: z.enum(['Paris', 'London']) }) });
  const answer = await client.chat.completions.parse({ ...question, tools: [tool], tool_choice: 'required' });
  assert.equal(typeof answer.choices[0].message.tool_calls[0].function.parsed_arguments.city, 'string');
});

for (const stream of [false, true]) {
  check(`tools: runTools calls the function and answers${stream ? ', streamed' : ''}`, async () => {
    const cities = [];
    const runner = client.chat.completions.runTools({
      ...question,
      stream,
      tool_choice: { type: 'function', function: { name: 'get_weather' } },
      tools: [{
        type: 'function',
        function: {
          ...weather.function,
          parse: JSON.parse,
          function: ({ city }) => {
            cities.push(city);
            return '{"temperature": 20, "condition": "sunny"}';
          },
        },
      }],
    });
    await runner.done();
    assert.equal(cities.length, 1);
    assert.equal(typeof cities[0], 'string');
  });
}

check('tools: results go back to the model', async () => {
  const calls = [{ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Paris"}' } }];
  const answer = await create({
    messages: [
      ...question.messages,
      { role: 'assistant', content: null, tool_calls: calls },
      { role: 'tool', tool_call_id: 'call_1', content: '{"temperature": 20, "condition": "sunny"}' },
    ],
    tool_choice: 'none',
  });
  assert.ok(answer.choices[0].message.content.length > 0);
});
