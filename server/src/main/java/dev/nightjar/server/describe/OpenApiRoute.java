package dev.nightjar.server.describe;

import dev.nightjar.server.route.Route;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

/** Serves the API description; it is written once, when it is first asked for. */
final class OpenApiRoute implements Handler {

    private final Supplier<List<Route>> routes;
    private final String version;
    private volatile Document document;

    private record Document(byte[] json, String tag) {}

    OpenApiRoute(Supplier<List<Route>> routes, String version) {
        this.routes = routes;
        this.version = version;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Document current = current();
        response.header(HeaderNames.ETAG, current.tag());
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        if (request.headers()
                .first(HeaderNames.IF_NONE_MATCH)
                .filter(known -> known.contains(current.tag()))
                .isPresent()) {
            response.status(Status.NOT_MODIFIED_304).send();
            return;
        }
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(current.json());
    }

    /** Two requests at once may both write it: they write the same. */
    private Document current() {
        Document known = document;
        if (known == null) {
            byte[] json = new OpenApiDocument(routes.get(), version).json();
            CRC32C sum = new CRC32C();
            sum.update(json);
            known =
                    new Document(
                            json,
                            "\"%s\"".formatted(HexFormat.of().toHexDigits((int) sum.getValue())));
            document = known;
        }
        return known;
    }
}
