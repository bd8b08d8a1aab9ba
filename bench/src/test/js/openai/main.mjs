// Exercises a running server with the official Node client, and prints what passed.
//   npm install openai zod
//   node main.mjs http://127.0.0.1:8080 [url of a server that is quickly full]
import { report } from './checks.mjs';
import './models.mjs';
import './chat.mjs';
import './streams.mjs';
import './tools.mjs';
import './structured.mjs';
import './completions.mjs';
import './embeddings.mjs';
import './errors.mjs';
import './abort.mjs';

await report();
