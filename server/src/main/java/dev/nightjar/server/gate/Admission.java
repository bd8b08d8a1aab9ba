package dev.nightjar.server.gate;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/**
 * A check that a request has to pass when its model is known: permission, limits, a model that can
 * be had. Runs on the request's thread and may wait.
 */
@FunctionalInterface
public interface Admission {

    /**
     * Lets a request pass, or ends it. What it takes it gives back by {@link RequestScope#onEnd}.
     *
     * @param use the model that was chosen
     * @param request whose {@link RequestScope} knows the caller
     * @param response may get headers
     * @throws dev.nightjar.server.error.ApiException if the request is refused
     */
    void admit(ModelUse use, ServerRequest request, ServerResponse response);
}
