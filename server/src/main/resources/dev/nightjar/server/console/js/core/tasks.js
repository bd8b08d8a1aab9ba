// The tasks that models are served for, and the calls that answer them. Which of them a server
// knows, and which it answers 501, is read from its description.
import { stateOf } from "./description.js";

/** In the order of the playground; `word` is a model's task on the wire. */
export const TASKS = [
  { key: "chat", title: "Chat", word: "text-generation", path: "/v1/chat/completions", calls: ["oicm-chat", "chat", "generate", "flywheel"], deployment: "Text generation and chat" },
  { key: "completion", title: "Completion", word: "text-generation", path: "/v1/completions", calls: ["completion"], deployment: "Text completion" },
  { key: "embeddings", title: "Embeddings", word: "embedding", path: "/v1/embeddings", calls: ["oicm-embed", "embeddings", "bluefly-embeddings"], deployment: "Embedding generation" },
  { key: "rerank", title: "Rerank", word: "reranking", path: "/v1/rerank", calls: ["oicm-rerank", "rerank-v1"], deployment: "Reranking" },
  { key: "classify", title: "Classify", word: "classification", path: "/models/{id}/proxy/v1/classify", calls: ["oicm-classify", "oicm-predict"], deployment: "Sequence classification" },
  { key: "predict", title: "Predict", word: "prediction", path: "/models/{id}/proxy/v1/predict", calls: ["oicm-predict"], deployment: "Classical models" },
  { key: "transcript", title: "Speech to text", word: "speech-recognition", path: "/models/{id}/proxy/v1/transcript", calls: [], deployment: "Speech recognition" },
  { key: "speech", title: "Text to speech", word: "text-to-speech", path: "/models/{id}/proxy/v1/generate-speech", calls: [], deployment: "Text-to-speech conversion" },
  { key: "image", title: "Images", word: "image-generation", path: "/models/{id}/proxy/v1/generate-image", calls: [], deployment: "Image generation" },
  { key: "translate", title: "Translate", word: "translation", path: "/models/{id}/proxy/v1/translate", calls: [], deployment: "Translation" },
];

const OWN_PAGES = new Set(["chat", "completion", "embeddings", "rerank", "classify", "predict"]);

/** A task by its key. */
export const task = (key) => TASKS.find((one) => one.key === key);

/** Whether the playground has a page made for it; others get one that sends any JSON. */
export const hasOwnPage = (key) => OWN_PAGES.has(key);

/** All tasks that the server knows, each with its state: served or planned. */
export async function knownTasks() {
  const states = await Promise.all(TASKS.map((one) => stateOf("post", one.path)));
  return TASKS.map((one, i) => ({ ...one, state: states[i] })).filter((one) => one.state !== "absent");
}

const TITLES = { gener: "Text generation", embed: "Embedding", reran: "Reranking", class: "Classification", predi: "Prediction", metri: "Reading the metrics" };

/** What people call a model's task, in whichever of its forms. */
export const taskTitle = (word) => TITLES[String(word).toLowerCase().replace(/^text-/, "").slice(0, 5)] ?? String(word ?? "–").replaceAll("-", " ");
