package dev.nightjar.server.api;

import dev.nightjar.server.json.JsonValue;
import dev.nightjar.server.json.JsonValue.JsonObject;
import dev.nightjar.server.json.JsonValue.JsonString;
import io.helidon.common.uri.UriQuery;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the query of a request as an object of strings, the first value of each name. */
public final class RequestQuery {

    private RequestQuery() {}

    /** The query's members. */
    public static RequestObject read(ServerRequest request) {
        UriQuery query = request.query();
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (String name : query.names()) {
            query.first(name).ifPresent((String value) -> members.put(name, new JsonString(value)));
        }
        return new RequestObject("", new JsonObject(members), new IgnoredFields());
    }
}
