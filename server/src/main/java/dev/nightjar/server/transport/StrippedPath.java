package dev.nightjar.server.transport;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriPath;
import io.helidon.common.uri.UriPathSegment;
import io.helidon.http.RoutedPath;
import java.util.List;

/** A path before it was routed. */
record StrippedPath(UriPath uri) implements RoutedPath {

    private static final Parameters NONE = Parameters.empty("http/path");

    @Override
    public Parameters pathParameters() {
        return NONE;
    }

    @Override
    public RoutedPath absolute() {
        return this;
    }

    @Override
    public String rawPath() {
        return uri.rawPath();
    }

    @Override
    public String rawPathNoParams() {
        return uri.rawPathNoParams();
    }

    @Override
    public String path() {
        return uri.path();
    }

    @Override
    public Parameters matrixParameters() {
        return uri.matrixParameters();
    }

    @Override
    public List<UriPathSegment> segments() {
        return uri.segments();
    }

    @Override
    public void validate() {
        uri.validate();
    }
}
