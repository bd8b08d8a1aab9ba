package dev.nightjar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.nightjar.server.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/api/status.md lists every route, and what is served. */
final class StatusPageTest {

    private static final String HEAD =
            "| method | path | dialect | state | notes |\n|---|---|---|---|---|\n";

    @Test
    void listsExactlyTheRoutes() throws IOException {
        String page = Files.readString(TestModels.projectRoot().resolve("docs/api/status.md"));
        String found = page.substring(page.indexOf(HEAD)).strip();
        String expected = table(notes(page)).strip();
        assertEquals(
                expected,
                found,
                () -> "docs/api/status.md must have this table:\n\n" + expected + "\n");
    }

    private static String table(Map<String, String> notes) {
        StringBuilder table = new StringBuilder(HEAD);
        try (NightjarServer server =
                NightjarServer.openWithoutModels(
                        ServerOptions.defaults().withAddress("127.0.0.1", 0))) {
            for (Route route : server.routes()) {
                String key = key(route.method().text(), "`" + route.path() + "`");
                String note = notes.getOrDefault(key, "");
                table.append(
                        "| %s | %s | %s |%s|\n"
                                .formatted(
                                        key,
                                        route.dialect().title(),
                                        route.state() == Route.State.SERVED ? "served" : "501",
                                        note.isEmpty() ? " " : " " + note + " "));
            }
        }
        return table.toString();
    }

    /** Notes are written by people; they stay with their routes. */
    private static Map<String, String> notes(String page) {
        Map<String, String> notes = new LinkedHashMap<>();
        page.lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> List.of(line.split("\\|", -1)))
                .filter(cells -> cells.size() == 7)
                .forEach(
                        cells ->
                                notes.put(
                                        key(cells.get(1).strip(), cells.get(2).strip()),
                                        cells.get(5).strip()));
        return notes;
    }

    private static String key(String method, String path) {
        return method + " | " + path;
    }
}
