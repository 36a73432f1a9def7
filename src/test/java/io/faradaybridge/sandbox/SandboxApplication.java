package io.faradaybridge.sandbox;

import io.faradaybridge.BridgeApplication;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * The development world on one machine, everything connected and made anew at each start: Faraday's database with sample
 * data, a Jira, the broker and the bridge. Started by {@code mvn spring-boot:test-run}; the README's examples work at once.
 */
public final class SandboxApplication {

    private static final int JIRA_PORT = 8090;
    private static final int FARADAY_PORT = 5985;

    /** @param setting of the bridge's; others are fixed */
    private record Port(String who, String setting, int usual) {}

    private static final List<Port> PORTS = List.of(
            new Port("the sandbox's Jira", "fixed", JIRA_PORT),
            new Port("the sandbox's Faraday", "fixed", FARADAY_PORT),
            new Port("the bridge", "server.port", 8585),
            new Port("the bridge's health", "management.server.port", 9876),
            new Port("the broker's Core", "bridge.broker.port.core", 61616),
            new Port("the broker's AMQP", "bridge.broker.port.amqp", 5672),
            new Port("the broker's STOMP", "bridge.broker.port.stomp", 61613));

    private SandboxApplication() {}

    /** Its servers keep a process alive of which one part could not start, so that a failure ends it here. */
    public static void main(String[] args) {
        List<String> taken = taken(new SimpleCommandLinePropertySource(args));
        if (!taken.isEmpty()) {
            System.err.println("The sandbox cannot start: " + String.join("; ", taken)
                    + ". End what listens there, or choose other ports for the bridge, such as"
                    + " -Dspring-boot.run.arguments=--server.port=8586");
            System.exit(1);
        }
        try {
            run(args);
        } catch (RuntimeException e) {
            System.err.println("The sandbox could not start: " + e.getMessage());
            System.exit(1);
        }
    }

    private static List<String> taken(SimpleCommandLinePropertySource arguments) {
        List<String> taken = new ArrayList<>();
        for (Port port : PORTS) {
            String given = arguments.getProperty(port.setting());
            int number = given == null ? port.usual() : Integer.parseInt(given);
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Math.max(0, number)));
            } catch (IOException e) {
                taken.add("port " + number + " is taken, where " + port.who() + " listens (" + port.setting() + ")");
            }
        }
        return taken;
    }

    private static void run(String[] args) {
        Path directory = Path.of("target", "sandbox").toAbsolutePath();
        TemporaryFiles.delete(directory);
        FaradayDatabase.Instance database = FaradayDatabase.start().newSampleDatabase();
        SandboxConnection connection = SandboxConnection.fresh(directory);
        SandboxJira jira = SandboxJira.start(connection.authorise(
                SandboxJira.Options.dataCenter().contextPath("/jira").port(JIRA_PORT)));
        connection.configure(database, jira.baseUrl());
        SandboxFaraday.start(database.dataSource(), FARADAY_PORT);

        Map<String, Object> settings = new LinkedHashMap<>(connection.settings(jira.baseUrl()));
        settings.put("bridge.database.url", database.jdbcUrl());
        settings.put("bridge.database.username", database.username());
        settings.put("bridge.database.password", database.password());
        settings.put("bridge.data-dir", directory.toString());
        settings.put("bridge.broker.password", "faraday");
        settings.put("bridge.faraday.url", "http://localhost:" + FARADAY_PORT);
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.addAll(List.of(args)); // what is given by hand wins
        ConfigurableApplicationContext running =
                SpringApplication.run(BridgeApplication.class, arguments.toArray(String[]::new));

        String port = running.getEnvironment().getProperty("local.server.port", "8585");
        jira.automation(
                "http://localhost:" + port + "/_api/v3/integrations/jira/update-issues",
                SampleFaraday.TOKEN_OF_PENTESTER);
        System.out.printf("""

                The sandbox is ready; the README's examples work now.
                  bridge          http://localhost:%s, sign in as faraday with password faraday
                  Jira            %s, projects SEC and WEB; issues at %s/sandbox/issues
                  Faraday         http://localhost:%d (only sign-in and changes of status), database %s
                  queues          STOMP 61613, AMQP 5672, Core 61616, user faraday, password faraday
                  health          http://localhost:9876/observe/health
                Stop it with Ctrl-C; everything in it is made anew at the next start.

                """, port, jira.baseUrl(), jira.baseUrl(), FARADAY_PORT, database.jdbcUrl());
    }
}
