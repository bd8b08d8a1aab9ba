package dev.nightjar.server.api;

import java.lang.module.ModuleDescriptor;
import java.util.Optional;

/** This software's version. */
public final class Version {

    private Version() {}

    /** The version of the module; {@code dev} where it runs from classes without one. */
    public static String current() {
        return Optional.ofNullable(Version.class.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .orElse("dev");
    }
}
