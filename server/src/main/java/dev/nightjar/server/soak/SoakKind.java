package dev.nightjar.server.soak;

import java.util.random.RandomGenerator;

/** What clients do, and how often of a hundred times. */
enum SoakKind {
    /** A stream, read to its end. */
    STREAM(60),
    /** A whole answer. */
    WHOLE(15),
    /** A stream that its client leaves. */
    LEAVE(15),
    /** A body that is no JSON. */
    GARBAGE(5),
    /** A value out of its range, or a model that is not there. */
    REFUSED(5);

    private final int percent;

    SoakKind(int percent) {
        this.percent = percent;
    }

    static SoakKind draw(RandomGenerator random) {
        int left = random.nextInt(100);
        for (SoakKind kind : values()) {
            left -= kind.percent;
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the shares are fewer than a hundred");
    }

    /** Whether an answer with this status is what should come. */
    boolean expects(int status) {
        return switch (this) {
            case STREAM, WHOLE, LEAVE -> status == 200 || status == 429;
            case GARBAGE -> status == 400;
            case REFUSED -> status == 400 || status == 404;
        };
    }
}
