package io.faradaybridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.faradaybridge.faraday.FaradayStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the sandbox needs of Faraday's API: {@code PATCH /_api/v3/vulns {"ids": [2], "status": "closed"}} changes statuses, as
 * an analyst does, and announces nothing, as Faraday announces nothing; {@code POST /_api/login} and {@code GET /_api/session} sign in
 * everybody whose password is the username, but wants a code too from those with a second factor; {@code GET
 * /_api/v3/vulns/{id}/attachment/{name}} gives signed-in users the evidence.
 */
public final class SandboxFaraday implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COOKIE = "faraday_session_2";

    private final JdbcClient database;
    private final HttpServer server;
    private final Map<String, String> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger logins = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final Map<String, Evidence> evidence = new ConcurrentHashMap<>();
    private volatile int evidenceTrouble;
    private volatile int trouble;

    private SandboxFaraday(DataSource database, HttpServer server) {
        this.database = JdbcClient.create(database);
        this.server = server;
        server.createContext("/_api/v3/vulns", exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                evidence(exchange);
            } else {
                patch(exchange);
            }
        });
        server.createContext("/_api/login", this::login);
        server.createContext("/_api/session", this::session);
    }

    /** @param port 0: any free one */
    public static SandboxFaraday start(DataSource database, int port) {
        try {
            SandboxFaraday faraday = new SandboxFaraday(
                    database, HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
            faraday.server.start();
            return faraday;
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port + " is taken; the sandbox's Faraday listens there", e);
        }
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** How often somebody tried to sign in. */
    public int logins() {
        return logins.get();
    }

    /** Somebody signs in by hand, with a code or on the page of another site. @return the value of their cookie */
    public String signedIn(String username) {
        String session = UUID.randomUUID().toString();
        sessions.put(session, username);
        return session;
    }

    private record Evidence(String contentType, ByteBuffer content) {}

    /** Somebody uploads evidence of a vulnerability. */
    public void upload(int vulnerability, String filename, String contentType, byte[] content) {
        database.sql("""
                        INSERT INTO file (name, filename, description, content, object_id, object_type, create_date)
                        VALUES (?, ?, '', '{}', ?, 'vulnerability', now())""").params(filename, filename, vulnerability).update();
        evidence.putIfAbsent(vulnerability + "/" + filename, new Evidence(contentType, ByteBuffer.wrap(content)));
    }

    /** How often somebody asked for a file. */
    public int reads() {
        return reads.get();
    }

    /** Whoever was signed in is not any more. */
    public void endSessions() {
        sessions.clear();
    }

    /** Files are answered with this status; 0: as they should be. */
    public void evidenceTrouble(int status) {
        evidenceTrouble = status;
    }

    /** Sign-ins are answered with this status; 0: as they should be. */
    public void trouble(int status) {
        this.trouble = status;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void login(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        logins.incrementAndGet();
        if (trouble != 0) {
            exchange.getResponseHeaders().set("Location", url() + "/_api/session");
            answer(exchange, trouble, "{}");
            return;
        }
        String username = body.path("email").asText();
        boolean secondFactor = database.sql(
                        "SELECT count(*) > 0 FROM faraday_user WHERE username = ? AND state_otp = 'confirmed'")
                .param(username)
                .query(Boolean.class)
                .single();
        if (!username.equals(body.path("password").asText()) || secondFactor) {
            answer(exchange, 400, "{\"response\": {\"errors\": {\"password\": [\"Invalid password\"]}}}");
            return;
        }
        String session = signedIn(username);
        exchange.getResponseHeaders().add("Set-Cookie", COOKIE + "=" + session + "; HttpOnly; Path=/; SameSite=Lax");
        answer(exchange, 200, "{\"response\": {\"user\": {}}}");
    }

    private void session(HttpExchange exchange) throws IOException {
        if (trouble != 0) {
            answer(exchange, trouble, "{}");
            return;
        }
        String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        String username = sessions.get(cookie.replace(COOKIE + "=", ""));
        if (username == null) {
            answer(exchange, 401, "{}");
        } else {
            answer(exchange, 200, JSON.writeValueAsString(Map.of("username", username)));
        }
    }

    private void evidence(HttpExchange exchange) throws IOException {
        reads.incrementAndGet();
        String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
        String[] path = exchange.getRequestURI().getPath().split("/attachment/", 2);
        Evidence found = path.length < 2 ? null : evidence.get(path[0].replace("/_api/v3/vulns/", "") + "/" + path[1]);
        if (evidenceTrouble != 0) {
            answer(exchange, evidenceTrouble, "{}");
        } else if (!sessions.containsKey(cookie.replace(COOKIE + "=", ""))) {
            answer(exchange, 401, "<h1>Unauthorized</h1>");
        } else if (found == null) {
            answer(exchange, 404, "<h1>File not found</h1>");
        } else {
            exchange.getResponseHeaders().set("Content-Type", found.contentType());
            exchange.sendResponseHeaders(
                    200, found.content().capacity() == 0 ? -1 : found.content().capacity());
            try (var out = exchange.getResponseBody()) {
                out.write(found.content().array());
            }
        }
    }

    private void patch(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        var status = FaradayStatus.parse(body.path("status").asText(""));
        List<Integer> ids = new ArrayList<>();
        body.path("ids").forEach(id -> ids.add(id.asInt()));
        if (!"PATCH".equals(exchange.getRequestMethod()) || status.isEmpty() || ids.isEmpty()) {
            answer(exchange, 400, "{\"message\": \"expected PATCH with ids and a status\"}");
            return;
        }
        int updated = database.sql("UPDATE vulnerability SET status = CAST(:status AS vulnerability_statuses),"
                        + " update_date = now() AT TIME ZONE 'utc' WHERE id IN (:ids)")
                .param("status", status.get().stored())
                .param("ids", ids)
                .update();
        answer(exchange, 200, "{\"updated\": " + updated + "}");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
