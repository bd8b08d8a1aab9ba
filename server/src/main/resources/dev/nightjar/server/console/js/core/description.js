// What this server can do, as its own API description says it.
import { get } from "./api.js";

let loading = null;

/** The OpenAPI document, fetched once. */
export function description() {
  loading ??= get("openapi.json").catch((failed) => {
    loading = null;
    throw failed;
  });
  return loading;
}

/** Forgets the document, for another caller may see another one. */
export function forgetDescription() {
  loading = null;
}

/** An operation, or undefined. */
export async function operation(method, path) {
  const document = await description();
  return document.paths?.[path]?.[method.toLowerCase()];
}

/** "served", "planned" (the server answers 501) or "absent". */
export async function stateOf(method, path) {
  const found = await operation(method, path);
  if (!found) {
    return "absent";
  }
  return Object.keys(found.responses ?? {}).some((status) => status.startsWith("2")) ? "served" : "planned";
}

/** The members of a JSON body: {name: schema with description, minimum, maximum}. */
export async function members(method, path) {
  const found = await operation(method, path);
  return found?.requestBody?.content?.["application/json"]?.schema?.properties ?? {};
}

/** A body to begin with, for a model. */
export async function example(method, path, model) {
  const found = await operation(method, path);
  const body = found?.requestBody?.content?.["application/json"]?.example ?? {};
  return JSON.parse(JSON.stringify(body).replaceAll("{model}", JSON.stringify(model).slice(1, -1)));
}
