package dev.nightjar.server.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Members of a request that no part of the API knows. Clients send many, so they are no error; the
 * answer lists them in a header, so that a misspelt one can be found. One per request.
 */
public final class IgnoredFields {

    /** The header that lists them. */
    public static final HeaderName HEADER = HeaderNames.create("X-Ignored-Fields");

    private static final int MAX_LENGTH = 500;
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9_.\\[\\]-]");

    private final Set<String> paths = new LinkedHashSet<>();

    /** Notes a member by its path. */
    void add(String path) {
        paths.add(path);
    }

    /** Writes the header if there is anything to list; names come from the client, so cleaned. */
    public void writeTo(ServerResponse response) {
        if (paths.isEmpty()) {
            return;
        }
        StringBuilder list = new StringBuilder();
        for (String path : paths) {
            String name = UNSAFE.matcher(path).replaceAll("?");
            if (list.length() + name.length() > MAX_LENGTH) {
                list.append(list.isEmpty() ? "..." : ", ...");
                break;
            }
            list.append(list.isEmpty() ? "" : ", ").append(name);
        }
        response.header(HEADER, list.toString());
    }
}
