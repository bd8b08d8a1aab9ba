package dev.nightjar.engine.hub;

import java.time.Duration;
import java.util.Optional;

/** A model could not be found, fetched or kept; each cause has a class of its own. */
public abstract sealed class HubException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private HubException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A text that is no reference to a model. */
    public static final class BadReference extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says what was expected and found. */
        public BadReference(String message) {
            super(message, null);
        }
    }

    /** The hub or the store does not have what was asked for. */
    public static final class NotFound extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says what is missing and what there is instead. */
        public NotFound(String message) {
            super(message, null);
        }
    }

    /** The hub wants a token, another token, or that terms are accepted first. */
    public static final class AccessDenied extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says where to get access. */
        public AccessDenied(String message) {
            super(message, null);
        }
    }

    /** The hub asks for patience. */
    public static final class RateLimited extends HubException {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> retryAfter;

        /** With the time to wait, if the hub said one. */
        public RateLimited(String message, Optional<Duration> retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        /** The time to wait, if the hub said one. */
        public Optional<Duration> retryAfter() {
            return retryAfter == null ? Optional.empty() : retryAfter;
        }
    }

    /** No answer, half an answer, or a fault of the hub; another try may succeed. */
    public static final class Unavailable extends HubException {
        private static final long serialVersionUID = 1L;

        /** With the cause, or null if the hub itself said so. */
        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The hub has no bytes from the wanted offset on: the file is not the one that was begun. */
    public static final class RangeRefused extends HubException {
        private static final long serialVersionUID = 1L;

        /** Names the file and the offset. */
        public RangeRefused(String message) {
            super(message, null);
        }
    }

    /** An answer that is not understood, or that is not safe to follow. */
    public static final class BadAnswer extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says what was expected and found. */
        public BadAnswer(String message) {
            super(message, null);
        }
    }

    /** The bytes that arrived are not those that the hub lists. */
    public static final class Damaged extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says what was expected and found. */
        public Damaged(String message) {
            super(message, null);
        }
    }

    /** The disk is too small. */
    public static final class NoSpace extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says what is needed and what is free. */
        public NoSpace(String message) {
            super(message, null);
        }
    }

    /** Somebody else works on the same model. */
    public static final class Busy extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says what to wait for. */
        public Busy(String message) {
            super(message, null);
        }
    }

    /** Something is missing here, and no connection may be opened. */
    public static final class Offline extends HubException {
        private static final long serialVersionUID = 1L;

        /** Says what is missing. */
        public Offline(String message) {
            super(message, null);
        }
    }
}
