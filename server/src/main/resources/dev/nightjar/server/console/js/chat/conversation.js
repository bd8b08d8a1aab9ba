// A conversation: what was said, the answer under way, and what the screen shows of it.
import { announce } from "../core/announce.js";
import { fill, h } from "../core/dom.js";
import { run } from "./run.js";
import { AnswerTurn, toolTurn, userTurn } from "./turn.js";

const LONGEST_SAID = 800;

/** Messages and their elements; `request()` gives {body} of the next call, and may throw. */
export class Conversation {
  constructor({ request, starters, onchange, onedit }) {
    this.messages = [];
    this.turns = [];
    this.request = request;
    this.starters = starters;
    this.onchange = onchange;
    this.onedit = onedit;
    this.stopper = null;
    this.element = h("div", { class: "turns", role: "group", "aria-label": "Conversation" });
    this.draw();
  }

  get isRunning() {
    return this.stopper !== null;
  }

  /** Says something and has it answered. */
  say(text) {
    const at = this.messages.length;
    this.add({ role: "user", content: text }, { element: userTurn(text, () => this.edit(at)) });
    return this.answer();
  }

  /** Answers the last question again. */
  again() {
    if (this.isRunning) {
      return undefined;
    }
    this.cut(this.messages.findLastIndex((message) => message.role !== "assistant") + 1);
    return this.answer();
  }

  /** Gives a tool's result; answers once all calls have theirs. */
  result(call, text) {
    this.add({ role: "tool", tool_call_id: call.id, content: text }, { element: toolTurn(call.function.name, text) });
    const asked = this.messages.findLast((message) => message.tool_calls)?.tool_calls ?? [];
    const isAnswered = (one) => this.messages.some((message) => message.tool_call_id === one.id);
    return asked.every(isAnswered) ? this.answer() : undefined;
  }

  stop() {
    this.stopper?.abort();
  }

  clear() {
    this.stop();
    this.cut(0);
  }

  edit(at) {
    this.stop();
    const text = this.messages[at].content;
    this.cut(at);
    this.onedit(text);
  }

  add(message, turn) {
    this.messages.push(message);
    this.turns.push(turn);
    this.draw();
  }

  cut(length) {
    this.messages.length = length;
    this.turns.length = Math.min(this.turns.length, length);
    this.draw();
  }

  async answer() {
    let request;
    try {
      request = this.request();
    } catch (wrong) {
      announce(wrong.message);
      this.onchange(wrong);
      return;
    }
    this.turns.forEach((turn) => turn.freeze?.());
    const turn = new AnswerTurn(request.body.model, { again: () => this.again(), result: (call, text) => this.result(call, text) });
    const at = this.messages.length;
    const stopper = new AbortController();
    this.turns.push(turn);
    this.stopper = stopper;
    this.draw();
    this.onchange();
    announce("Answering");
    const answer = await run(request.path, { ...request.body, messages: [...request.system, ...this.messages.filter(isSaid)] }, stopper.signal, inFrames((found) => this.show(turn, found)));
    turn.show(answer);
    this.stopper = this.stopper === stopper ? null : this.stopper;
    if (this.turns[at] === turn) {
      this.messages.push(messageOf(answer));
    }
    this.onchange();
    announce(spoken(answer));
  }

  show(turn, answer) {
    const isAtEnd = window.innerHeight + window.scrollY > document.documentElement.scrollHeight - 80;
    turn.show(answer);
    if (isAtEnd) {
      window.scrollTo({ top: document.documentElement.scrollHeight });
    }
  }

  draw() {
    fill(this.element, this.turns.length > 0 ? this.turns.map((turn) => turn.element) : this.starters);
  }
}

/** Draws at most once per frame, however fast tokens arrive. */
function inFrames(draw) {
  let isWaiting = false;
  return (answer) => {
    if (isWaiting) {
      return;
    }
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      if (answer.finish === null) {
        draw(answer);
      }
    });
  };
}

/** An answer that failed before it said anything is not part of what the model is told. */
const isSaid = (message) => message.role !== "assistant" || message.content !== "" || message.tool_calls;

function messageOf(answer) {
  const calls = answer.calls.filter(Boolean);
  return { role: "assistant", content: answer.text || (calls.length > 0 ? null : ""), ...(calls.length > 0 ? { tool_calls: calls } : {}) };
}

function spoken(answer) {
  if (answer.error) {
    return `The answer failed: ${answer.error.message}`;
  }
  const text = answer.text.length > LONGEST_SAID ? `${answer.text.slice(0, LONGEST_SAID)} and more` : answer.text;
  return `Answer: ${text || "a call of a tool"}. ${answer.tokens} tokens.`;
}
