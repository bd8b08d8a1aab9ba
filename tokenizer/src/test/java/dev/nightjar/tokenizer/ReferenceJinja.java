package dev.nightjar.tokenizer;

import dev.nightjar.tokenizer.template.PlainJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Python's jinja2, to show a difference; and the contexts both sides render. */
final class ReferenceJinja {
    private static final String SCRIPT =
            "import json, sys; from jinja_reference import render, with_parsed_arguments;"
                    + " source, context = (open(p, encoding='utf-8').read() for p in sys.argv[1:]);"
                    + " sys.stdout.buffer.write(render(source,"
                    + " with_parsed_arguments(json.loads(context))).encode())";

    private ReferenceJinja() {}

    /** What the reference renders; empty where there is no Python with jinja2. */
    static Optional<String> render(String source, Path context)
            throws IOException, InterruptedException {
        Path template = Files.createTempFile("template", ".jinja");
        try {
            Files.writeString(template, source);
            Process python =
                    new ProcessBuilder(
                                    "/usr/bin/python3",
                                    "-B",
                                    "-c",
                                    SCRIPT,
                                    template.toString(),
                                    context.toString())
                            .directory(Path.of("src/test/python").toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            byte[] text = python.getInputStream().readAllBytes();
            return python.waitFor() == 0
                    ? Optional.of(new String(text, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException withoutPython) {
            return Optional.empty();
        } finally {
            Files.delete(template);
        }
    }

    /** The variables of a context, arguments of tool calls parsed. */
    static Map<String, Object> variables(Path context) throws IOException {
        @SuppressWarnings("unchecked") // keys of JSON objects are strings
        Map<String, Object> variables =
                (Map<String, Object>) PlainJson.read(Files.readString(context));
        for (Object message : (List<?>) variables.get("messages")) {
            if (((Map<?, ?>) message).get("tool_calls") instanceof List<?> calls) {
                for (Object call : calls) {
                    parseArguments(((Map<?, ?>) call).get("function"));
                }
            }
        }
        return variables;
    }

    private static void parseArguments(Object function) throws IOException {
        @SuppressWarnings("unchecked") // keys of JSON objects are strings
        Map<String, Object> members = (Map<String, Object>) function;
        members.put("arguments", PlainJson.read(members.get("arguments").toString()));
    }
}
