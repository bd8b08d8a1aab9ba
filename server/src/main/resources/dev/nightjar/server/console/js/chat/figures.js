// Speed and counts of an answer, live.
import { h } from "../core/dom.js";
import { count, figure, seconds } from "../core/format.js";
import { FINISH } from "./run.js";

/** First token, tokens per second, counts, why it ended. */
export function figures(answer) {
  const isOver = answer.finish !== null;
  const facts = [
    answer.firstMillis !== null && ["first token", seconds(answer.firstMillis / 1000)],
    answer.rate !== null && ["tokens/s", figure(answer.rate)],
    answer.usage && ["prompt", promptOf(answer.usage)],
    answer.tokens > 0 && ["answer", `${count(answer.tokens)} tokens`],
  ].filter(Boolean);
  return h("div", { class: "figures" },
    facts.map(([name, value]) => h("span", {}, `${name} `, h("b", {}, value))),
    isOver && h("span", {}, FINISH[answer.finish] ?? answer.finish, answer.finish in FINISH && !["stopped", "cut", "error"].includes(answer.finish) && h("code", {}, ` ${answer.finish}`)));
}

function promptOf(usage) {
  const cached = usage.prompt_tokens_details?.cached_tokens ?? 0;
  return `${count(usage.prompt_tokens)} tokens${cached > 0 ? `, ${count(cached)} of them cached` : ""}`;
}
