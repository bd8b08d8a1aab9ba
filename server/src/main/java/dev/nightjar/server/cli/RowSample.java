package dev.nightjar.server.cli;

import dev.nightjar.engine.predict.RowModel;
import dev.nightjar.server.predict.SampleRows;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A first request to a model of rows.
 *
 * @param path the route it goes to
 * @param body one line of JSON
 */
record RowSample(String path, String body) {

    static RowSample of(RowModel rows) {
        String id = URLEncoder.encode(rows.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return new RowSample(
                "/models/%s/proxy/v1/predict".formatted(id), SampleRows.body(rows.model()));
    }
}
