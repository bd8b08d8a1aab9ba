package dev.nightjar.bench.sample;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.nightjar.bench.DemoServer;
import dev.nightjar.bench.Json;
import dev.nightjar.bench.Project;
import dev.nightjar.bench.ResultTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The text samples of the OICM inference gateway's guide, O14 to O21, O38 and section 4. */
@Tag("full")
class OicmSamplesTest {

    private static final ResultTable TABLE = new ResultTable("OICM samples: text");
    private static final String POST =
            "response = requests.post(inference_url, headers=headers, json=payload)\n";
    private static SourceDocument document;
    private static DemoServer server;
    private static Path folder;
    private static Place place;

    @BeforeAll
    static void start() throws IOException {
        document = SourceDocument.read("oicm-inference-gateway");
        folder = Project.workFolder("samples");
        server = DemoServer.start();
        place = new Place(server.url(), "any-key", DemoServer.MODEL);
    }

    @AfterAll
    static void stop() {
        TABLE.close();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void textGeneration() throws Throwable {
        TABLE.run(
                "2.1 chat/completions with inputs, streamed (Python)",
                () -> textSample().counting().runStream(folder));
    }

    @Test
    void chatTemplate() throws Throwable {
        String literal =
                document.after("Note: the chat template").after("Example").until("2.2").text();
        TABLE.run(
                "2.1 chat template in the payload (Python)",
                () -> requireContent(setup().then("payload = " + literal).then(POST)));
    }

    @Test
    void completionVllm() throws Throwable {
        String indented = "\n    inference_url = f\"";
        PythonSample sample = python("2.2", "2.3").replace(indented, indented.replace("    ", ""));
        TABLE.run(
                "2.2 models, then chat/completions, streamed (Python)",
                () -> withAddress(sample).counting().runStream(folder));
    }

    @Test
    void completionTgi() throws Throwable {
        TABLE.run(
                "2.3 models, then chat/completions, streamed (Python)",
                () -> withAddress(python("2.3", "2.4")).counting().runStream(folder));
    }

    @Test
    void timeoutOfTheConfiguration() throws Throwable {
        String headers =
                document.after("Request Timeout")
                        .from("headers = {")
                        .until("Token Management")
                        .text();
        TABLE.run(
                "Request timeout: the header (Python)",
                () ->
                        requireText(
                                setup().then(headers)
                                        .replace("{your_api_key}", place.key())
                                        .then(
                                                "payload = {\"inputs\": \"What is Deep Learning?\"}\n")
                                        .then(POST)));
    }

    @Test
    void timeoutAndKeyOfTheLastSection() throws Throwable {
        String call =
                document.after("4. Advanced options")
                        .from("import requests")
                        .until("Best Practices")
                        .text();
        String values =
                "api_key = <api_key>\ndata = {\"inputs\": \"What is Deep Learning?\"}\n"
                        + "endpoint = <endpoint>\n";
        String endpoint = place.url() + "/models/" + place.model() + "/proxy/v1/chat/completions";
        TABLE.run(
                "4. key in a header named Bearer, timeout (Python)",
                () ->
                        requireText(
                                new PythonSample(values + call)
                                        .replace("<api_key>", '"' + place.key() + '"')
                                        .replace("<endpoint>", '"' + endpoint + '"')
                                        .replace("requests.post(", "response = requests.post(")));
    }

    private static PythonSample textSample() {
        return new PythonSample(
                        document.after("2.1").from("import requests").until("Chat Template").text())
                .at(place);
    }

    /** What the first sample sets before its payload. */
    private static PythonSample setup() {
        String code = textSample().code();
        return new PythonSample(code.substring(0, code.indexOf("payload = {")));
    }

    private static PythonSample python(String section, String next) {
        return new PythonSample(
                        document.after("Inference Payload Examples")
                                .after(section)
                                .from("import requests")
                                .until(next)
                                .text())
                .at(place);
    }

    /** These two samples set one variable and read another. */
    private static PythonSample withAddress(PythonSample sample) {
        assertFalse(
                sample.code().contains("\nurl = "), "the variable is set now; no repair needed");
        return sample.replace("{url}/", "{inference_url}/");
    }

    private static void requireText(PythonSample sample) throws Exception {
        assertFalse(requireContent(sample).isBlank());
    }

    /** To a prompt in a strange form a small model may answer with a line break. */
    private static String requireContent(PythonSample sample) throws Exception {
        Map<String, Object> reports = sample.reporting("response").run(folder);
        Object answer = Answer.of(reports.get("response")).json();
        return assertInstanceOf(
                String.class,
                Json.at(answer, "choices", 0, "message", "content"),
                answer::toString);
    }
}
