// Server-sent events of an answer: the JSON of each, comments left out.

/** Yields each event's data as JSON until [DONE] or the end of the body. */
export async function* events(response) {
  for await (const line of lines(response.body)) {
    if (!line.startsWith("data:")) {
      continue; // ": ping" keeps proxies awake
    }
    const data = line.slice(5).trim();
    if (data === "[DONE]") {
      return;
    }
    yield JSON.parse(data);
  }
}

async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) {
        break;
      }
      const parts = (rest + value).split(/\r?\n/);
      rest = parts.pop();
      yield* parts;
    }
    if (rest) {
      yield rest;
    }
  } finally {
    reader.cancel().catch(() => {}); // closes the connection, which ends the sequence
  }
}
