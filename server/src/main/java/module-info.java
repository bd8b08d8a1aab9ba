/** HTTP server and command line; the application, so it exports nothing. */
@SuppressWarnings("requires-automatic") // databases, migrations and clients know no modules
module dev.nightjar.server {
    requires dev.nightjar.engine;
    requires com.fasterxml.jackson.core;
    requires com.h2database;
    requires com.nimbusds.jose.jwt;
    requires com.zaxxer.hikari;
    requires flyway.core;
    requires info.picocli;
    requires io.helidon.common.task;
    requires io.helidon.webserver;
    requires java.logging;
    requires java.management;
    requires java.net.http;
    requires java.sql;
    requires jdk.jfr;
    requires jdk.management;
    requires jdk.unsupported; // signals
    requires org.snakeyaml.engine;
    requires org.apache.commons.pool2;
    requires redis.clients.jedis;

    provides java.net.spi.InetAddressResolverProvider with
            dev.nightjar.server.outbound.OfflineResolver;

    opens dev.nightjar.server.cli to
            info.picocli;
    opens dev.nightjar.server.cli.bench to
            info.picocli;
    opens dev.nightjar.server.cli.encode to
            info.picocli;
    opens dev.nightjar.server.cli.flags to
            info.picocli;
    opens dev.nightjar.server.cli.predict to
            info.picocli;
}
