package dev.nightjar.bench.sample;

import dev.nightjar.bench.Commands;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests that curl sends. */
final class CurlSample {

    /** Printed after the body: status and media type. */
    private static final String WRITE_OUT = "\\n%{http_code} %{content_type}";

    private CurlSample() {}

    /** Runs a printed curl command in a shell with these variables. */
    static Answer shell(Path folder, String command, Map<String, String> variables)
            throws IOException, InterruptedException {
        String whole = command.replaceFirst("curl ", "curl -sS -w \"\\$WRITE_OUT\" ");
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("WRITE_OUT", WRITE_OUT);
        return answer(Commands.run(folder, List.of("sh", "-c", whole), environment));
    }

    /** Sends a request as a document prints it: a request line, headers, a JSON body. */
    static Answer request(Path folder, String base, List<String> printed)
            throws IOException, InterruptedException {
        String[] line = printed.getFirst().split(" ");
        int body = printed.indexOf("{");
        List<String> command = command("-X", line[0]);
        for (String header : printed.subList(1, body)) {
            command.addAll(List.of("-H", header));
        }
        command.addAll(List.of("-d", String.join("\n", printed.subList(body, printed.size()))));
        command.add(base + line[1]);
        return answer(Commands.run(folder, command));
    }

    /** Sends a JSON body. */
    static Answer post(Path folder, String url, String key, String json)
            throws IOException, InterruptedException {
        return answer(
                Commands.run(
                        folder,
                        command(
                                "-H",
                                "Content-Type: application/json",
                                "-H",
                                "Authorization: Bearer " + key,
                                "-d",
                                json,
                                url)));
    }

    /** Asks for a page. */
    static Answer get(Path folder, String url) throws IOException, InterruptedException {
        return answer(Commands.run(folder, command(url)));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-w", WRITE_OUT));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Answer answer(String output) {
        int end = output.lastIndexOf('\n');
        String last = output.substring(end + 1);
        return new Answer(
                Integer.parseInt(last.substring(0, 3)),
                last.substring(4),
                output.substring(0, end));
    }
}
