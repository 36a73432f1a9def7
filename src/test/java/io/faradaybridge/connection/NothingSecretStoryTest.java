package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faradaybridge.jira.CloudScopes;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.Link;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is done, well or badly, no secret is printed, served, or kept anywhere but encrypted. */
@Tag("long")
class NothingSecretStoryTest {

    private static final String PAT = "pat-6c1f0e0b9d1f4a7e";
    private static final String WRONG = "wrong-77aa19c2e0b84d11";
    private static final String API_TOKEN = "ATATT-3b9f6d20aa5e41c8";
    private static final String CLIENT_SECRET = "client-1d7e90b54c2a4f6b";
    private static final String SCOPED_TOKEN = "ATATT-scoped-8e41c07b";
    private static final String PROXY_PASSWORD = "proxy-9c0f7e6d5b4a3921";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> served = new ArrayList<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private BridgeWorld world;

    @AfterEach
    void leave() {
        System.setOut(out);
        System.setErr(err);
        world.close();
    }

    /** Everything that the process says, from its start. */
    private void listen() {
        PrintStream heard = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(heard);
        System.setErr(heard);
    }

    private HttpResponse<String> call(String method, String path, String body, String accept) {
        HttpResponse<String> answer = new Administrator(world, "faraday").send(method, path, body, accept);
        served.add(method + " " + path.replaceAll("\\?.*", "") + ": " + answer.statusCode()
                + answer.headers().map() + answer.body());
        return answer;
    }

    private String call(String method, String path, String body) {
        return call(method, path, body, "application/json").body();
    }

    private void know(String what, String secret) {
        if (!secret.isEmpty()) {
            secrets.put(what, secret);
        }
    }

    private void knowWhatIsStored() {
        StoredCredentials now = world.bean(CredentialStore.class).find().orElseThrow();
        int nth = secrets.size();
        know("token " + nth, now.token());
        know("token secret " + nth, now.tokenSecret());
        know("session handle " + nth, now.sessionHandle());
        know(
                "private key",
                Base64.getEncoder()
                        .encodeToString(world.bean(ConsumerKeys.class)
                                .privateKey()
                                .orElseThrow()
                                .getEncoded())
                        .substring(100, 140));
    }

    private void begin(SandboxJira.Options options) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 0x5a);
        know("the key of the secrets", Base64.getEncoder().encodeToString(key));
        listen();
        world = Administrator.unconnected(options)
                .with("bridge.secrets.key", Base64.getEncoder().encodeToString(key))
                .with("bridge.jira.proxy-password", PROXY_PASSWORD);
        world.with("bridge.jira.gateway-url", world.jira().gatewayUrl())
                .with("logging.level.io.faradaybridge", "DEBUG")
                .start();
        know("the proxy's password", PROXY_PASSWORD);
        know("a personal access token", PAT);
        know("a wrong token", WRONG);
        know("an API token", API_TOKEN);
        know("a client secret", CLIENT_SECRET);
        know("a token with scopes", SCOPED_TOKEN);
        know(
                "an API token in Basic",
                Base64.getEncoder()
                        .encodeToString(("bridge@example.org:" + API_TOKEN).getBytes(StandardCharsets.UTF_8)));
    }

    private void authoriseAndFail() {
        call("PUT", "connection", "{\"url\": \"" + world.jira().baseUrl() + "\", \"consumer_key\": \"faraday-key\"}");
        call("POST", "connection/authorize", "");
        Administrator administrator = new Administrator(world, "faraday");
        administrator.link();
        world.jira().allowAtOnce(true);
        // Well, denied, repeated, with a wrong code, with a Jira that refuses in every way.
        URI back = administrator.allowed();
        know("a request token", back.getRawQuery().replaceAll("oauth_token=([^&]+).*", "$1"));
        know("a verifier", "oauth_verifier=" + back.getRawQuery().replaceAll(".*oauth_verifier=", ""));
        call("GET", "connection/callback?" + back.getRawQuery(), "", "text/html");
        call("GET", "connection/callback?" + back.getRawQuery(), "", "text/html");
        knowWhatIsStored();
        call("GET", "connection/callback?oauth_token=" + WRONG + "&oauth_verifier=" + WRONG, "", "application/json");
        for (Fault fault : List.of(
                Fault.tokenRejected(), Fault.errorBefore(503), Fault.html(), Fault.lostAfter(), Fault.captcha())) {
            URI again = administrator.allowed();
            know(
                    "verifier of " + fault.kind(),
                    "oauth_verifier=" + again.getRawQuery().replaceAll(".*oauth_verifier=", ""));
            world.jira().faults().next(1, "POST", "/access-token$", fault);
            call("GET", "connection/callback?" + again.getRawQuery(), "", "application/json");
        }
        world.jira().link("faraday-key", SandboxJira.freshKeyPair().getPublic());
        call("POST", "connection/test", "");
        call("POST", "connection/authorize", "");
        administrator.link();
        administrator.authorise();
        knowWhatIsStored();
    }

    private void tokens(String right) {
        call("PUT", "connection/credentials", "{\"type\": \"personal_access_token\", \"token\": \"" + WRONG + "\"}");
        call(
                "PUT",
                "connection/credentials",
                "{\"type\": \"api_token\", \"email\": \"x@example.org\", \"token\": \"" + WRONG + "\"}");
        call(
                "PUT",
                "connection/credentials",
                "{\"type\": \"scoped_token\", \"email\": \"x@example.org\", \"token\": \"" + WRONG + "\"}");
        call(
                "PUT",
                "connection/credentials",
                "{\"type\": \"client_credentials\", \"client_id\": \"x\", \"client_secret\": \"" + WRONG + "\"}");
        call("PUT", "connection/credentials", "{\"type\": \"personal_access_token\", \"token\": " + WRONG + "}");
        call("PUT", "connection/credentials", "{\"type\": \"" + WRONG + "\", \"token\": [\"" + WRONG + "\"]}");
        call("PUT", "connection", "{\"url\": \"https://admin:" + WRONG + "@jira.example.org\"}");
        call("PUT", "connection/credentials", right);
        call("GET", "connection", "");
        call("POST", "connection/test", "");
    }

    private void workAndFail() {
        Link.exported(world, "SEC");
        world.jira().faults().next(2, "*", "^/rest/", Fault.tokenRejected());
        world.jira().faults().next(1, "*", "^/rest/", Fault.errorBefore(500));
        Link link = Link.exported(world, "SEC");
        world.setStatus(link.vulnerability(), "closed");
        link.awaitJira("Done");
        for (String path : List.of(
                "", "/health", "/metrics", "/env", "/configprops", "/info", "/loggers", "/beans", "/prometheus")) {
            String port = world.context().getEnvironment().getProperty("local.management.port", "0");
            HttpResponse<String> answer =
                    world.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/observe" + path))
                            .build());
            served.add("/observe" + path + ": " + answer.body());
        }
        webhooks();
        for (String path : List.of(
                "",
                "status",
                "connection",
                "activity",
                "audit",
                "tokens",
                "vulnerabilities",
                "take-over",
                "adoption",
                "dead-letters",
                "exports/unknown",
                "openapi.json",
                "session")) {
            call("GET", path, "");
        }
    }

    /** A token made here, shown once, used well and badly; a session beside it. */
    private void webhooks() {
        Administrator administrator = Administrator.of(world);
        String token = administrator
                .done("POST", "tokens", "{\"alias\": \"Automation " + secrets.size() + "\"}")
                .path("token")
                .asText();
        know("a webhook's token " + secrets.size(), token);
        String webhook = "{\"title\": \"SEC-1\", \"status\": \"Done\", \"desc\": \"" + WRONG + "\"}";
        served.add(world.post("/_api/v3/integrations/jira/update-issues", webhook, Map.of("X-Jira-Token", token))
                .body());
        served.add(world.post(
                        "/_api/v3/integrations/jira/update-issues",
                        webhook.replace("title", "tittle"),
                        Map.of("X-Jira-Token", token))
                .body());
        served.add(world.post("/_api/v3/integrations/jira/update-issues", webhook, Map.of("X-Jira-Token", WRONG))
                .body());
        served.add(administrator
                .send("POST", "session", "{\"username\": \"faraday\", \"password\": \"" + WRONG + "\"}")
                .body());
        HttpResponse<String> session =
                administrator.send("POST", "session", "{\"username\": \"faraday\", \"password\": \"faraday\"}");
        know(
                "a session " + secrets.size(),
                session.headers().firstValue("Set-Cookie").orElseThrow().replaceAll("^[^=]+=([^;]+);.*", "$1"));
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        world.rows()
                .sql("SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
                        + " WHERE table_schema = 'faraday_bridge' AND table_name <> 'secret'"
                        + " OR table_schema = 'public' AND table_name = 'configuration'")
                .query(String.class)
                .list()
                .forEach(table -> world.rows()
                        .sql("SELECT t::text FROM " + table + " t")
                        .query(String.class)
                        .list()
                        .forEach(row -> rows.add(table + ": " + row)));
        return rows;
    }

    private void nothingOfThemIsFound() {
        List<String> kept = rows();
        assertThat(kept).isNotEmpty();
        String said = printed.toString(StandardCharsets.UTF_8);
        assertThat(said).contains("Settings:", "Set-up changed by faraday", "DEBUG");
        assertThat(served).isNotEmpty();
        secrets.forEach((what, secret) -> {
            assertThat(said.contains(secret)).as(what + " is printed").isFalse();
            assertThat(kept).as(what + " is kept in clear").noneMatch(row -> row.contains(secret));
            if (!what.equals("a request token")) { // it is in the address that the person opens
                assertThat(served).as(what + " is served").noneMatch(answer -> answer.contains(secret));
            }
        });
    }

    @Test
    void at_a_jira_data_center() {
        begin(SandboxJira.Options.dataCenter11()
                .contextPath("/jira")
                .serviceAccount("bridge-client", CLIENT_SECRET, "faraday-bridge")
                .personalAccessToken(PAT, "faraday-bridge"));
        authoriseAndFail();
        workAndFail();
        world.jira()
                .expireToken(
                        world.bean(CredentialStore.class).find().orElseThrow().token());
        String old = world.bean(CredentialStore.class).find().orElseThrow().token();
        call("POST", "connection/test", "");
        await().until(() ->
                !world.bean(CredentialStore.class).find().orElseThrow().token().equals(old));
        knowWhatIsStored();
        tokens("{\"type\": \"client_credentials\", \"client_id\": \"bridge-client\", \"client_secret\": \""
                + CLIENT_SECRET + "\"}");
        Link.exported(world, "SEC");
        world.jira().faults().next(1, "POST", "/rest/oauth2/", Fault.errorBefore(500));
        world.jira().accessTokens().forEach(token -> know("access token " + secrets.size(), token));
        world.jira().forgetAccessTokens();
        Link.exported(world, "SEC");
        world.jira().accessTokens().forEach(token -> know("access token " + secrets.size(), token));
        tokens("{\"type\": \"personal_access_token\", \"token\": \"" + PAT + "\"}");
        workAndFail();
        call("DELETE", "connection/credentials", "");

        nothingOfThemIsFound();
    }

    @Test
    void at_a_jira_cloud() {
        begin(SandboxJira.Options.cloud()
                .scopedToken(
                        "bridge@example.org",
                        SCOPED_TOKEN,
                        SandboxConnection.SERVICE_ACCOUNT,
                        CloudScopes.NEEDED.toArray(String[]::new))
                .apiToken("bridge@example.org", API_TOKEN, SandboxConnection.SERVICE_ACCOUNT));
        authoriseAndFail();
        tokens("{\"type\": \"api_token\", \"email\": \"bridge@example.org\", \"token\": \"" + API_TOKEN + "\"}");
        workAndFail();
        tokens("{\"type\": \"scoped_token\", \"email\": \"bridge@example.org\", \"token\": \"" + SCOPED_TOKEN + "\"}");
        workAndFail();

        nothingOfThemIsFound();
    }
}
