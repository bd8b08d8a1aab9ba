// One generation as it arrives: text, reasoning, calls of tools, figures.
import { send } from "../core/api.js";
import { events } from "../core/events.js";

const SHORTEST_SPAN = 30;

/** What is known of an answer so far. */
export class Answer {
  constructor() {
    this.text = "";
    this.reasoning = "";
    this.calls = [];
    this.finish = null;
    this.usage = null;
    this.version = null;
    this.error = null;
    this.pieces = 0;
    this.sentAt = performance.now();
    this.firstAt = null;
    this.lastAt = null;
  }

  /** Milliseconds until the first token, or null. */
  get firstMillis() {
    return this.firstAt === null ? null : this.firstAt - this.sentAt;
  }

  /** Tokens written: counted while it runs, exact at its end. */
  get tokens() {
    return this.usage?.completion_tokens ?? this.pieces;
  }

  /** Tokens per second since the first; null for so few, or a burst so short, that it says nothing. */
  get rate() {
    const span = this.lastAt - this.firstAt;
    return this.tokens > 1 && span > SHORTEST_SPAN ? ((this.tokens - 1) * 1000) / span : null;
  }

  take(event) {
    if (event.error) {
      throw Object.assign(new Error(event.error.message), { code: event.error.code, requestId: event.error.request_id });
    }
    this.usage = event.usage ?? this.usage;
    for (const choice of event.choices ?? []) {
      this.takeChoice(choice);
    }
  }

  takeChoice(choice) {
    const delta = choice.delta ?? { content: choice.text };
    const thought = delta.reasoning_content ?? delta.reasoning ?? "";
    const isMore = Boolean(delta.content) || thought !== "" || delta.tool_calls?.length > 0;
    this.text += delta.content ?? "";
    this.reasoning += thought;
    (delta.tool_calls ?? []).forEach((call) => this.takeCall(call));
    this.finish = choice.finish_reason ?? this.finish;
    if (isMore) {
      this.pieces += 1;
      this.lastAt = performance.now();
      this.firstAt ??= this.lastAt;
    }
  }

  takeCall(part) {
    const call = (this.calls[part.index ?? 0] ??= { id: "", type: "function", function: { name: "", arguments: "" } });
    call.id = part.id ?? call.id;
    call.function.name += part.function?.name ?? "";
    call.function.arguments += part.function?.arguments ?? "";
  }
}

/** Streams an answer; `show(answer)` after each event. Never throws: failures are in the answer. */
export async function run(path, body, signal, show) {
  const answer = new Answer();
  try {
    const response = await send("POST", path, {
      body: { ...body, stream: true, stream_options: { include_usage: true } },
      headers: { Accept: "text/event-stream" },
      signal,
    });
    answer.version = response.headers.get("x-model-version");
    for await (const event of events(response)) {
      answer.take(event);
      show(answer);
    }
    answer.finish ??= "cut";
  } catch (failed) {
    if (failed.name === "AbortError" || signal.aborted) {
      answer.finish = "stopped";
    } else {
      answer.finish = "error";
      answer.error = failed;
    }
  }
  show(answer);
  return answer;
}

/** Why an answer ended, for people. */
export const FINISH = {
  stop: "the model ended",
  length: "cut at the token limit",
  tool_calls: "the model calls a tool",
  function_call: "the model calls a tool",
  stopped: "stopped by you",
  cut: "the connection ended early",
  error: "ended by an error",
};
