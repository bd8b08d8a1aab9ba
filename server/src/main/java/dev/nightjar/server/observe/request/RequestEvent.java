package dev.nightjar.server.observe.request;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A request in a flight recording; costs next to nothing as long as nothing is recorded. */
@Name("dev.nightjar.Request")
@Label("Request")
@Category({"Nightjar", "Server"})
@Description("A request over HTTP, from its head to the end of its answer")
@StackTrace(false)
final class RequestEvent extends Event {

    @Label("Id")
    String id;

    @Label("Method")
    String method;

    @Label("Route")
    @Description("The template of the path, empty if there is no such route")
    String route;

    @Label("Model")
    String model;

    @Label("Status")
    @Description("499 if the client left before the answer was complete")
    int status;

    @Label("Prompt Tokens")
    long promptTokens;

    @Label("Completion Tokens")
    long completionTokens;

    @Label("Time To First Token")
    @Description("From the head of the request; 0 if no token was generated")
    @Timespan(Timespan.NANOSECONDS)
    long firstToken;

    @Label("Answer Size")
    @DataAmount
    long bytes;

    void fill(FinishedRequest request) {
        id = request.id();
        method = request.method();
        route = request.route().map(known -> known.path()).orElse("");
        model = request.model().map(use -> use.version()).orElse("");
        status = request.status();
        promptTokens = request.used().prompt();
        completionTokens = request.used().completion();
        firstToken = request.firstTokenNanos().orElse(0);
        bytes = request.bytes();
    }
}
