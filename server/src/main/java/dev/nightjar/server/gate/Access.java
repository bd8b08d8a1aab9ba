package dev.nightjar.server.gate;

/** Who may call a route, apart from what it then does with which model. */
public enum Access {
    /** Anybody, without saying who: it tells nothing but that the process runs. */
    PUBLIC,
    /** Any known caller; what it may do with a model is asked when the model is known. */
    CALLER,
    /** Callers that may read the figures of the whole server. */
    METRICS,
    /** Callers that may change the server. */
    ADMIN;

    /** Whether a caller with these permissions may call a route of this kind. */
    public boolean isOpenTo(Permissions permissions) {
        return switch (this) {
            case PUBLIC, CALLER -> true;
            case METRICS -> permissions.isAdmin() || permissions.mayReadFigures();
            case ADMIN -> permissions.isAdmin();
        };
    }
}
