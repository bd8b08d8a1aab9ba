package dev.nightjar.server.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Reads server-sent events: the data of one after the other, with a bound on its size. */
final class EventReader {

    private static final int MAX_LINE = 1 << 20;
    private static final String DATA = "data:";

    private final InputStream in;
    private byte[] line = new byte[1 << 10];

    EventReader(InputStream in) {
        this.in = in;
    }

    /**
     * The data of the next event that has some; empty at the end.
     *
     * @throws IOException if the connection breaks or an event is too large
     */
    Optional<String> next() throws IOException {
        StringBuilder data = null;
        while (true) {
            Optional<String> read = readLine();
            if (read.isEmpty()) {
                return Optional.empty(); // what has no empty line behind it does not count
            }
            String text = read.get();
            if (text.isEmpty() && data != null) {
                return Optional.of(data.toString());
            }
            if (text.startsWith(DATA)) {
                String value = text.substring(DATA.length());
                value = value.startsWith(" ") ? value.substring(1) : value;
                data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
            }
        }
    }

    private Optional<String> readLine() throws IOException {
        int length = 0;
        int next;
        while ((next = in.read()) >= 0 && next != '\n') {
            if (length == MAX_LINE) {
                throw new IOException("an event is longer than %d bytes".formatted(MAX_LINE));
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) next;
        }
        if (next < 0 && length == 0) {
            return Optional.empty();
        }
        boolean hasReturn = length > 0 && line[length - 1] == '\r';
        return Optional.of(
                new String(line, 0, hasReturn ? length - 1 : length, StandardCharsets.UTF_8));
    }
}
