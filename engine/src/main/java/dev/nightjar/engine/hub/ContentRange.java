package dev.nightjar.engine.hub;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of a file an answer holds. */
final class ContentRange {

    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)");
    private static final int PARTIAL = 206;

    private ContentRange() {}

    /**
     * The offset of the first byte: the one asked for, or 0 if the whole file comes.
     *
     * @throws HubException.Damaged if the file has another size than was listed
     * @throws HubException.BadAnswer if other bytes come
     */
    static long of(HttpResponse<InputStream> response, long from, HubFile file) {
        if (response.statusCode() != PARTIAL) {
            requireSize(response.headers().firstValueAsLong("Content-Length"), file);
            return 0;
        }
        String text = response.headers().firstValue("Content-Range").orElse("");
        Matcher range = FORM.matcher(text);
        if (!range.matches() || Long.parseLong(range.group(1)) != from) {
            throw new HubException.BadAnswer(
                    "%s: expected bytes from %d on, found the range '%s'"
                            .formatted(file.path(), from, text));
        }
        String total = range.group(2);
        requireSize(
                total.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(total)),
                file);
        return from;
    }

    private static void requireSize(OptionalLong found, HubFile file) {
        if (found.isPresent() && found.getAsLong() != file.bytes()) {
            throw new HubException.Damaged(
                    "%s: expected %d bytes as listed, the hub has %d"
                            .formatted(file.path(), file.bytes(), found.getAsLong()));
        }
    }
}
