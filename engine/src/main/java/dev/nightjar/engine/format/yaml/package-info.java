/**
 * A strict subset of YAML, as programs write it: maps, lists, scalars; no tags, no anchors.
 *
 * <p>May import {@code format} and {@code format.json}. Begin with {@link
 * dev.nightjar.engine.format.yaml.YamlReader}.
 */
package dev.nightjar.engine.format.yaml;
