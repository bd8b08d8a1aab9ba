package dev.nightjar.server.catalog;

import java.util.Optional;

/**
 * A version of a public name.
 *
 * @param id names it for good: {@code name-v2}, or the name itself where there are no versions
 * @param model the name of what answers, among the engine's models; empty if nothing does
 */
public record Version(String id, Optional<String> model) {}
