// Calls of the server's own API, below whatever prefix the console is mounted at.
import { needToken, token } from "./session.js";

/** Where the API is: the console's folder's parent, so a reverse proxy may put it anywhere. */
export const base = new URL("../", document.baseURI);

/** An answer that is no success, with what its body says. */
export class ApiError extends Error {
  constructor(status, error, response) {
    super(error.message ?? `the server answered ${status}`);
    this.status = status;
    this.code = error.code ?? error.error_type ?? null;
    this.param = error.param ?? null;
    this.requestId = error.request_id ?? response?.headers.get("x-request-id") ?? null;
    this.retryAfter = response?.headers.get("retry-after") ?? null;
  }

  /** The server does not have this route, or not switched on. */
  get isAbsent() {
    return this.status === 404 && this.code === "unknown_route";
  }
}

/** The URL of a path such as "v1/models". */
export function url(path) {
  return new URL(path.replace(/^\//, ""), base);
}

/** Sends a request; throws an ApiError unless it succeeds. */
export async function send(method, path, { body, signal, headers = {}, bearer } = {}) {
  const sent = { Accept: "application/json", ...headers };
  const key = bearer ?? token();
  if (key) {
    sent.Authorization = `Bearer ${key}`;
  }
  if (body !== undefined) {
    sent["Content-Type"] = "application/json";
  }
  const response = await reach(url(path), {
    method,
    headers: sent,
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
    credentials: "same-origin", // a proxy in front may know its users by a cookie
    cache: "no-store",
  });
  if (!response.ok) {
    const error = await failure(response);
    if (response.status === 401 && bearer === undefined) {
      needToken(error);
    }
    throw error;
  }
  return response;
}

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch (failed) {
    if (failed.name === "AbortError") {
      throw failed;
    }
    throw new ApiError(0, { message: "the server cannot be reached; is it running?", code: "unreachable" });
  }
}

async function failure(response) {
  let body = {};
  try {
    body = await response.json();
  } catch {
    // a proxy's page: the status has to say it
  }
  const error = typeof body.error === "object" && body.error ? body.error : { message: body.error, code: body.error_type };
  return new ApiError(response.status, error, response);
}

async function json(method, path, options) {
  const response = await send(method, path, options);
  return response.status === 204 ? null : response.json();
}

export const get = (path, options) => json("GET", path, options);
export const post = (path, body, options) => json("POST", path, { ...options, body });
export const put = (path, body, options) => json("PUT", path, { ...options, body });
export const remove = (path, options) => json("DELETE", path, options);

/** An id as one segment of a path. */
export const segment = (id) => encodeURIComponent(id);
