package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nightjar.bench.Commands;
import dev.nightjar.bench.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A Python sample whose slips are repaired one by one; each repair must find what it repairs.
 *
 * @param code what Python gets
 */
record PythonSample(String code) {

    /** Begins the lines that a script prints about itself. */
    private static final String MARK = "@@";

    private static final String REPORT =
            """

            import json as _json
            for _name in [%s]:
                _answer = globals()[_name]
                print("\\n@@" + _json.dumps({
                    "name": _name,
                    "status": _answer.status_code,
                    "type": _answer.headers.get("content-type"),
                    "text": _answer.text,
                }))
            """;

    private static final String COUNTER =
            """
                except Exception:
                    unreadable += not (token in (b"", b"data: [DONE]") or token.startswith(b":"))
            """;

    private static final String REPORT_COUNTER =
            """

            import json as _json
            print("\\n@@" + _json.dumps({
                "name": "chat_response",
                "status": chat_response.status_code,
                "type": chat_response.headers.get("content-type"),
                "text": str(unreadable),
            }))
            """;

    /** Replaces a text, which must be there. */
    PythonSample replace(String slip, String repaired) {
        assertTrue(code.contains(slip), () -> "nothing to repair: " + slip + " in\n" + code);
        return new PythonSample(code.replace(slip, repaired));
    }

    /** Fills in host, key and model of a sample of the third document, and mends its address. */
    PythonSample at(Place place) {
        return replace("<api_key>", quoted(place.key()))
                .replace("<model_version_id>", quoted(place.model()))
                .replace("<base_url>", quoted(place.url()))
                .replace("f\"${base_url}", "f\"{base_url}");
    }

    /** Counts what the loop of a stream cannot read, instead of hiding it. */
    PythonSample counting() {
        PythonSample counted = replace("    except:\n        pass\n", COUNTER);
        return new PythonSample("unreadable = 0\n" + counted.code + REPORT_COUNTER);
    }

    /** Prints what these variables got. */
    PythonSample reporting(String... variables) {
        String names = "\"" + String.join("\", \"", variables) + "\"";
        return new PythonSample(code + REPORT.formatted(names));
    }

    /** With more code at the end. */
    PythonSample then(String more) {
        return new PythonSample(code + more);
    }

    /** Runs the script; returns what it printed about itself, by name. */
    Map<String, Object> run(Path folder) throws IOException, InterruptedException {
        return reports(output(folder, Map.of()));
    }

    /** Runs the script; returns what it printed. */
    String output(Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path script = Files.createTempFile(folder, "sample", ".py");
        Files.writeString(script, code);
        return Commands.run(folder, List.of("python3", script.toString()), environment);
    }

    /** Runs the loop of a stream: it must print text and read every event. */
    void runStream(Path folder) throws IOException, InterruptedException {
        String output = output(folder, Map.of());
        Answer answer = Answer.of(reports(output).get("chat_response"));
        assertEquals(200, answer.status(), output);
        assertTrue(answer.type().startsWith("text/event-stream"), answer.type());
        assertFalse(output.substring(0, output.indexOf(MARK)).isBlank(), "no text was streamed");
        assertEquals("0", answer.text(), "lines that the loop cannot read");
    }

    /** The lines with a mark, as JSON values by their names. */
    static Map<String, Object> reports(String output) {
        Map<String, Object> reports = new LinkedHashMap<>();
        output.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> Json.read(line.substring(MARK.length())))
                .forEach(value -> reports.put(String.valueOf(Json.at(value, "name")), value));
        return reports;
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
