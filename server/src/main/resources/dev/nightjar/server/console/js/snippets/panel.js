// Inference code for a model: choose what it is deployed for, a language and a token.
import { base, segment, send } from "../core/api.js";
import { operation } from "../core/description.js";
import { fill, h } from "../core/dom.js";
import { madeFor } from "../core/made.js";
import { sameTask } from "../core/models.js";
import { knownTasks } from "../core/tasks.js";
import { codeBlock } from "../widget/code.js";
import { check, choices, field, select } from "../widget/field.js";
import { failure, loading, notice } from "../widget/notice.js";
import { masked, withBase, withToken } from "./secret.js";

const NAMES = { curl: "curl", python: "Python", javascript: "JavaScript", java: "Java" };
const RUN = { curl: "sh call.sh", python: "python3 call.py", javascript: "node call.mjs", java: "java Call.java" };

/** A part of a page; `refresh()` after tokens changed. */
export async function snippetPanel({ model, taskWord, signal }) {
  const tasks = (await knownTasks()).filter((one) => one.state === "served" && one.calls.length > 0 && (!taskWord || sameTask(one.word, taskWord)));
  if (tasks.length === 0) {
    return { element: notice("calm", "There is no generated code for this model's task yet."), refresh: () => {} };
  }
  const languages = await known("lang", Object.keys(NAMES));
  const state = { language: languages.includes("python") ? "python" : languages[0] };
  const deployment = select(tasks.map((one) => [one.key, one.deployment]));
  const call = h("select", { class: "input" });
  const token = h("select", { class: "input" });
  const isShown = check("Show the token");
  const place = h("div", {}, loading());
  const draw = () => show(place, { model, call: call.value, language: state.language, token: chosenToken(), isShown: isShown.input.checked, signal });
  const chosenToken = () => madeFor(model).find((one) => one.id === token.value)?.token;
  const chooseCalls = () => {
    fill(call, tasks.find((one) => one.key === deployment.value).calls.map((name) => h("option", { value: name }, callTitle(name))));
    draw();
  };
  const refresh = () => {
    fill(token, h("option", { value: "" }, "from the environment: API_KEY"), madeFor(model).map((one) => h("option", { value: one.id }, one.name)));
    token.value = madeFor(model)[0]?.id ?? "";
    isShown.element.hidden = token.value === "";
    draw();
  };
  deployment.addEventListener("change", chooseCalls);
  call.addEventListener("change", draw);
  token.addEventListener("change", () => {
    isShown.element.hidden = token.value === "";
    draw();
  });
  isShown.input.addEventListener("change", draw);
  const language = choices("Language", languages.map((word) => [word, NAMES[word] ?? word]), state.language, (word) => {
    state.language = word;
    draw();
  });
  const element = h("div", { class: "stack" },
    h("div", { class: "grid" },
      field("Deployment type", deployment, "What the model is asked to do."),
      field("API", call, "The same model speaks several."),
      field("Token", token, "Those made in this tab; others were shown once and cannot be shown again.")),
    h("div", { class: "row spread" }, language, isShown.element), place);
  chooseCalls();
  refresh();
  return { element, refresh };
}

async function known(parameter, usual) {
  const found = await operation("get", "/models/{id}/snippet");
  return found?.parameters?.find((one) => one.name === parameter)?.schema?.enum ?? usual;
}

const TITLES = { oicm: "OICM gateway", chat: "OpenAI", completion: "OpenAI", generate: "Bluefly", bluefly: "Bluefly", flywheel: "Flywheel", embeddings: "OpenAI", rerank: "Jina, Cohere" };

const callTitle = (name) => `${TITLES[name.split("-")[0]] ?? name} (${name})`;

async function show(place, { model, call, language, token, isShown, signal }) {
  const wanted = `${call} ${language}`;
  place.dataset.wanted = wanted;
  try {
    const response = await send("GET", `models/${segment(model)}/snippet?lang=${language}&call=${call}`, { signal, headers: { Accept: "text/plain" } });
    const code = withBase(await response.text(), base);
    if (place.dataset.wanted !== wanted) {
      return; // chosen away meanwhile
    }
    const copied = token ? withToken(code, language, token) : code;
    const seen = token && !isShown ? copied.replace(token, masked(token)) : copied;
    fill(place, h("div", { class: "stack tight" },
      codeBlock(seen, { title: NAMES[language] ?? language, copied, label: `${NAMES[language] ?? language} code` }),
      h("p", { class: "help" }, token ? "What is copied holds the token: do not commit it. " : "Set API_KEY to a token first. ", "Run it with ", h("code", {}, RUN[language] ?? ""), ".")));
  } catch (failed) {
    if (failed.name !== "AbortError") {
      fill(place, failure(failed));
    }
  }
}
