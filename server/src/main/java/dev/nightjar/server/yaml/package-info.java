/**
 * Reads a configuration file by keys that are declared once: every value has a type, every error
 * names its key and line, and a key that nobody declared is refused.
 *
 * <p>Imports nothing of this module. Begin with {@link dev.nightjar.server.yaml.Key}, then {@link
 * dev.nightjar.server.yaml.Section}.
 */
package dev.nightjar.server.yaml;
