package io.faradaybridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faradaybridge.BridgeApplication;
import io.faradaybridge.broker.BusContract;
import io.faradaybridge.broker.EmbeddedBroker;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.sandbox.jira.Edition;
import io.faradaybridge.sandbox.jira.Keys;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The bridge between a Faraday database and a sandbox Jira of its own, everything connected: the world that stories are
 * told in. The shipped routes run, in this process, on free ports.
 */
public final class BridgeWorld implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Edition, BridgeWorld> SHARED = new EnumMap<>(Edition.class);
    /** A setting: {@code false} where keys must be as long as a site's. */
    public static final String SHORT_KEYS = "sandbox.short-keys";

    private static Edition sharedAt = Edition.DATA_CENTER_10;
    /** What all bridges of this JVM serve, since they are of one version: making it takes a second of the processor. */
    private static volatile @Nullable ApiContract contract;

    static {
        // Stories wait for what must happen, on machines that are busy with others too.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
    }

    private final Path directory = TemporaryFiles.directory("bridge-world");
    private final FaradayDatabase.Instance database;
    private final DatabaseRole role;
    private final SandboxConnection connection;
    private final SandboxJira jira;
    private final JdbcClient rows;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final int port = FreePort.next();
    private final int managementPort = FreePort.next();
    private @Nullable ConfigurableApplicationContext bridge;

    private BridgeWorld(FaradayDatabase.Instance database, SandboxJira.Options options) {
        this.database = database;
        this.connection = SandboxConnection.fresh(directory);
        this.jira = SandboxJira.start(connection.authorise(options));
        this.rows = JdbcClient.create(database.dataSource());
        connection.configure(database, jira.baseUrl());
        this.role = DatabaseRole.bridge(database);
        settings.putAll(connection.settings(jira.baseUrl()));
        settings.putAll(Map.of(
                "bridge.database.url",
                database.jdbcUrl(),
                "bridge.database.username",
                role.name(),
                "bridge.database.password",
                role.name(),
                "bridge.data-dir",
                directory.toString(),
                "bridge.broker.password",
                "sandbox",
                "bridge.broker.port.core",
                0,
                "bridge.broker.port.amqp",
                0,
                "bridge.broker.port.stomp",
                0,
                "server.port",
                port,
                "management.server.port",
                managementPort));
        settings.put("bridge.detector.interval", "250ms");
        // What a start and a stop cost is paid some forty times: no queue inside is waited for, no bean shown by JMX.
        settings.put("camel.component.seda.default-poll-timeout", 50);
        settings.put("camel.main.jmx-enabled", false);
        settings.put("spring.datasource.hikari.minimum-idle", 2);
        // Stories of one JVM share one client address; those about the limits set their own.
        settings.put("bridge.access.failures-per-name", 100_000);
        settings.put("bridge.access.failures-per-address", 100_000);
        settings.put("bridge.access.failures-in-all", 100_000);
        settings.put("bridge.access.wrong-tokens-per-address", 100_000);
        settings.put("bridge.access.wrong-tokens-in-all", 100_000);
        settings.put("bridge.access.looks-per-token", 100_000);
    }

    /** The world that the stories of this JVM share; each uses vulnerabilities of its own. */
    public static synchronized BridgeWorld shared() {
        BridgeWorld shared = SHARED.computeIfAbsent(sharedAt, BridgeWorld::toShare);
        shared.atRest();
        return shared;
    }

    private static BridgeWorld toShare(Edition edition) {
        BridgeWorld world = asleep(edition.options().contextPath(edition.isCloud() ? "" : "/jira"))
                .with("bridge.events.enabled", true)
                .with("bridge.events.password", "sandbox");
        AtTheEnd.run(world::close);
        world.start();
        BusContract.watch(world.bean(EmbeddedBroker.class));
        return world;
    }

    /** The stories that follow share a world with this Jira. */
    static synchronized void shareAt(Edition edition) {
        sharedAt = edition;
    }

    /** A world of one's own, running. */
    public static BridgeWorld of(SandboxJira.Options options) {
        return asleep(options).start();
    }

    /** A world of one's own whose bridge is not running yet, but was there before: its schema is. */
    public static BridgeWorld asleep(SandboxJira.Options options) {
        return new BridgeWorld(FaradayDatabase.shared().newSampleBridgeDatabase(), options);
    }

    /** The same in a database that no bridge has ever seen. */
    public static BridgeWorld beforeTheFirstStart(SandboxJira.Options options) {
        return new BridgeWorld(FaradayDatabase.shared().newSampleDatabase(), options);
    }

    /** One that was there before, on a database server of its own. */
    public static BridgeWorld asleep(FaradayDatabase server, SandboxJira.Options options) {
        return new BridgeWorld(server.newSampleBridgeDatabase(), options);
    }

    /** One that no bridge has ever seen, on a database server of its own, which the story may stop. */
    public static BridgeWorld beforeTheFirstStart(FaradayDatabase server, SandboxJira.Options options) {
        return new BridgeWorld(server.newSampleDatabase(), options);
    }

    public BridgeWorld with(String key, Object value) {
        settings.put(key, value);
        return this;
    }

    public BridgeWorld start() {
        bridge = run(settings);
        return this;
    }

    /** A second replica, on ports of its own and beside the first one's broker; the caller closes it. */
    public ConfigurableApplicationContext startAnother() {
        Map<String, Object> others = new LinkedHashMap<>(settings);
        others.put("server.port", 0);
        others.put("management.server.port", 0);
        others.put(
                "bridge.broker.url",
                "tcp://127.0.0.1:" + bean(EmbeddedBroker.class).port("core"));
        return run(others);
    }

    private static ConfigurableApplicationContext run(Map<String, Object> settings) {
        return new SpringApplicationBuilder(BridgeApplication.class)
                .initializers(BridgeWorld::makeShortKeys)
                .properties(settings)
                .registerShutdownHook(false) // whoever started it stops it, before its folder goes
                .run(settings.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
    }

    private static void makeShortKeys(ConfigurableApplicationContext context) {
        if (context.getEnvironment().getProperty(SHORT_KEYS, boolean.class, true)) {
            ((GenericApplicationContext) context)
                    .registerBean(KeyPairGenerator.class, Keys::generator, bean -> bean.setScope("prototype"));
        }
    }

    public void stop() {
        if (bridge != null) {
            bridge.close();
            bridge = null;
        }
    }

    /** What the story before may have left switched. */
    private void atRest() {
        jira.calm();
        jira.clearRequests();
        connection.configure(database, jira.baseUrl());
        bean(IntegrationConfigurationSource.class).changed();
    }

    /** An administrator changes the configuration row, by a jsonb expression over {@code value}; it counts at once. */
    public void configure(String expression) {
        connection.change(database, expression);
        bean(IntegrationConfigurationSource.class).changed();
    }

    public SandboxJira jira() {
        return jira;
    }

    public FaradayDatabase.Instance database() {
        return database;
    }

    /** Whom the bridge is to PostgreSQL; this world itself writes as Faraday does. */
    public DatabaseRole role() {
        return role;
    }

    public SandboxConnection connection() {
        return connection;
    }

    public Path directory() {
        return directory;
    }

    public <T> T bean(Class<T> type) {
        return context().getBean(type);
    }

    public ConfigurableApplicationContext context() {
        if (bridge == null) {
            throw new IllegalStateException("the bridge of this world is not running");
        }
        return bridge;
    }

    public JdbcClient rows() {
        return rows;
    }

    public URI url(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    public String webhookUrl() {
        return url("/_api/v3/integrations/jira/update-issues").toString();
    }

    /** Jira is asked now what changed, and has answered. */
    public void sweep() {
        rows.sql("DELETE FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'")
                .update();
        awaitSweep();
    }

    /** For a story that counts calls: the sweep of the start, a second after it, finds what a quick story has changed. */
    public BridgeWorld awaitSweep() {
        Awaitility.await("the sweep")
                .until(() -> rows.sql("SELECT count(*) FROM faraday_bridge.runtime_state WHERE name LIKE 'sweep:%'")
                                .query(Integer.class)
                                .single()
                        > 0);
        return this;
    }

    /** What an orchestrator asks: {@code UP} or {@code DOWN}. */
    public String readiness() {
        return json(readinessDetails()).path("status").asText();
    }

    /** The same with its reasons. */
    public String readinessDetails() {
        return observe("health/ready");
    }

    /** What an orchestrator asks: {@code UP} or {@code DOWN}, which costs the process its life. */
    public String liveness() {
        return json(observe("health/live")).path("status").asText();
    }

    /** What the management port answers, such as {@code metrics}. */
    public String observe(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://localhost:" + managementPort + "/observe/" + path))
                        .build())
                .body();
    }

    /** Confirmed, open vulnerabilities that no other story knows. */
    public List<Integer> vulnerabilities(int count) {
        return SampleVulnerabilities.insert(database.dataSource(), count);
    }

    public String status(int vulnerability) {
        return rows.sql("SELECT status::text FROM vulnerability WHERE id = ?")
                .param(vulnerability)
                .query(String.class)
                .single();
    }

    public void setStatus(int vulnerability, String status) {
        rows.sql("UPDATE vulnerability SET status = ?::vulnerability_statuses WHERE id = ?")
                .param(status)
                .param(vulnerability)
                .update();
    }

    public String issueKey(int vulnerability) {
        return rows.sql("SELECT issuetracker FROM vulnerability WHERE id = ?")
                .param(vulnerability)
                .query(String.class)
                .single();
    }

    /** The activity's outcomes for a vulnerability, oldest first, such as {@code exported}, {@code driven}. */
    public List<String> outcomes(int vulnerability) {
        return rows.sql("SELECT lower(outcome) FROM faraday_bridge.activity WHERE vulnerability_id = ? ORDER BY id")
                .param(vulnerability)
                .query(String.class)
                .list();
    }

    public HttpResponse<String> post(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    public HttpResponse<String> get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url(path));
        headers.forEach(request::header);
        return send(request.build());
    }

    /** An answer of the API that is not as its own document says fails the story. */
    public HttpResponse<String> send(HttpRequest request) {
        HttpResponse<String> answer = sent(request);
        if (request.uri().getPort() == port && request.uri().getPath().startsWith(ApiContract.API)) {
            contract().ifPresent(contract -> contract.hold(request, answer));
        }
        return answer;
    }

    /** Empty while it cannot be had, as without a database. */
    private Optional<ApiContract> contract() {
        if (contract == null) {
            HttpRequest.Builder request = HttpRequest.newBuilder(url(ApiContract.DOCUMENT));
            basic("faraday", "faraday").forEach(request::header);
            HttpResponse<String> answer = sent(request.build());
            if (answer.statusCode() == 200) {
                contract = ApiContract.of(answer.body());
            } else if (answer.statusCode() != 503) {
                throw new IllegalStateException(
                        "The API's document cannot be had: " + answer.statusCode() + " " + answer.body());
            }
        }
        return Optional.ofNullable(contract);
    }

    private HttpResponse<String> sent(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Exports as the administrator and answers the batch. */
    public JsonNode export(List<Integer> vulnerabilities, String project) {
        HttpResponse<String> answer = post(
                "/_api/v3/integrations/jira/export",
                "{\"vulnerability_ids\": " + vulnerabilities + ", \"project\": \"" + project + "\"}",
                basic("faraday", "faraday"));
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return json(answer.body());
    }

    public JsonNode batch(long id) {
        return json(get("/_api/v3/integrations/jira/exports/" + id, basic("faraday", "faraday"))
                .body());
    }

    public static Map<String, String> basic(String user, String password) {
        return Map.of(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    @Override
    public void close() {
        stop();
        jira.close();
        if (Files.exists(directory)) {
            TemporaryFiles.delete(directory);
        }
    }
}
