package dev.nightjar.server.auth;

import dev.nightjar.server.gate.Admission;
import dev.nightjar.server.gate.Caller;
import dev.nightjar.server.gate.ModelUse;
import dev.nightjar.server.gate.RequestScope;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Lets a request pass if its caller may use the model that it chose, for the model's task. */
final class ModelPermission implements Admission {

    @Override
    public void admit(ModelUse use, ServerRequest request, ServerResponse response) {
        Caller caller = RequestScope.of(request).caller();
        if (!caller.permissions().mayDo(use.task())) {
            throw AuthError.denied(
                            "this token is not for %s; it needs the task %s among its scopes"
                                    .formatted(use.task(), use.task()))
                    .withParam("model")
                    .asException();
        }
        if (!caller.permissions().mayUseAny(use.names())) {
            throw AuthError.denied(
                            "this token is not for model '%s'; it needs the model among its scopes"
                                    .formatted(use.id()))
                    .withParam("model")
                    .asException();
        }
    }
}
