package dev.nightjar.server.error;

/** What this server will do one day and does not do yet: known, hence no 404. */
public final class NotBuilt {

    private NotBuilt() {}

    /**
     * The answer to a call that nothing here can run.
     *
     * @param what the task, such as {@code embedding}
     */
    public static ApiException task(String what) {
        return ApiError.of(
                        501,
                        "not_implemented_error",
                        "%s is not built into this server yet; docs/api/status.md lists what is"
                                .formatted(what))
                .withCode("not_implemented")
                .withHeader("x-should-retry", "false")
                .asException();
    }
}
