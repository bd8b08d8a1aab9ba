package dev.nightjar.server.limit.count;

import java.util.Locale;

/** What can be limited, in the order in which refusals that wait equally long are named. */
public enum LimitKind {
    /** Requests that run at the same time. */
    CONCURRENT_REQUESTS("%d requests may run at the same time"),
    /** Requests that begin within a minute. */
    REQUESTS_PER_MINUTE("%d requests per minute may begin"),
    /** Tokens of prompts and completions within a minute. */
    TOKENS_PER_MINUTE("%d tokens per minute may be used"),
    /** Tokens of prompts and completions within a day of UTC. */
    TOKENS_PER_DAY("%d tokens per day may be used");

    private final String rule;

    LimitKind(String rule) {
        this.rule = rule;
    }

    /** Its key in the configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The code of errors about it. */
    public String code() {
        return key() + "_exceeded";
    }

    /** The limit as a sentence's part. */
    public String rule(long limit) {
        return rule.formatted(limit);
    }
}
