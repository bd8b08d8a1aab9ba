// The calls of the llm_serving README's Python program: node llm-serving.mjs URL KEY MODEL TEXT
import OpenAI from 'openai';

const [baseURL, apiKey, model, content] = process.argv.slice(2);
const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });

const stream = await client.chat.completions.create({
  messages: [{ role: 'user', content }],
  model,
  stream: true,
});
for await (const chunk of stream) {
  if (chunk.choices[0].delta.content !== null) {
    process.stdout.write(chunk.choices[0].delta.content ?? '');
  }
}
