// The playground: one page per task, for the models that answer it.
import { fill, h } from "../core/dom.js";
import { idsFor, served } from "../core/models.js";
import { link } from "../core/router.js";
import { hasOwnPage, knownTasks, task } from "../core/tasks.js";
import { select } from "../widget/field.js";
import { empty } from "../widget/notice.js";
import { pageHead } from "../widget/page.js";
import { tabs } from "../widget/tabs.js";
import { chatPage } from "./chat.js";
import { classifyPage } from "./classify.js";
import { completionPage } from "./completion.js";
import { embeddingsPage } from "./embeddings.js";
import { predictPage } from "./predict.js";
import { requestPage } from "./request.js";
import { rerankPage } from "./rerank.js";

const PAGES = { chat: chatPage, completion: completionPage, embeddings: embeddingsPage, rerank: rerankPage, classify: classifyPage, predict: predictPage };

/** #/playground/{task}/{model} */
export async function playground(root, [key, wanted], signal) {
  const tasks = await knownTasks();
  const chosen = tasks.find((one) => one.key === (key ?? "chat") && one.state === "served") ?? tasks.find((one) => one.state === "served");
  const head = pageHead("Playground", "Try the models of this server with the calls that your programs send.");
  if (!chosen) {
    fill(root, head, empty("Nothing to try", "This server describes no calls of models."));
    return;
  }
  const ids = await idsFor(chosen.word, signal);
  const bar = tabs("Tasks",
    tasks.filter((one) => one.state === "served").map((one) => ({ title: one.title, href: link("playground", one.key), current: one.key === chosen.key })),
    planned(tasks));
  if (ids.length === 0) {
    fill(root, head, bar, await withoutModel(chosen, signal));
    return;
  }
  const model = modelPicker(chosen, ids, wanted);
  const body = h("div", { class: "stack" });
  fill(root, head, bar, body);
  await (hasOwnPage(chosen.key) ? PAGES[chosen.key] : requestPage)(body, { model, task: chosen, signal });
}

/** Those that the server knows and answers 501 to. */
function planned(tasks) {
  const titles = tasks.filter((one) => one.state === "planned").map((one) => one.title.toLowerCase());
  return titles.length > 0 && `Not served yet: ${titles.join(", ")}`;
}

function modelPicker(chosen, models, wanted) {
  const options = models.map(({ id, status }) => [id, status && status !== "ready" ? `${id} (${status})` : id]);
  return select(options, wanted ?? remembered.get(chosen.word), { onchange: (event) => remembered.set(chosen.word, event.target.value) });
}

/** The model that was last used for a task, until the tab is reloaded. */
const remembered = new Map();

async function withoutModel(chosen, signal) {
  const others = await served(signal);
  return h("div", { class: "card" }, empty(
    `No model for ${task(chosen.key).title.toLowerCase()}`,
    others.length > 0
      ? "The models that you may use do other things. An administrator can add one on the Models page."
      : "No model is loaded, or your token may use none.",
    h("a", { class: "button", href: link("models") }, "Models")));
}
