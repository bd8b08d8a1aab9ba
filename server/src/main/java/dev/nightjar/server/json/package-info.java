/**
 * JSON as a small tree of records, read strictly and with limits.
 *
 * <p>Imports nothing of this module. Begin with {@link dev.nightjar.server.json.JsonReader}.
 */
package dev.nightjar.server.json;
