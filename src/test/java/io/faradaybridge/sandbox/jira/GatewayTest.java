package io.faradaybridge.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.jira.CloudScopes;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.ValueRequests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatewayTest {

    private final SandboxJira jira = SandboxJira.start(SandboxJira.Options.cloud()
            .apiToken("bridge@example.com", "plain", "bridge")
            .scopedToken("bridge@example.com", "scoped", "bridge", "read:jira-user")
            .scopedToken("", "bearer", "bridge", "read:jira-user"));

    @AfterEach
    void close() {
        jira.close();
    }

    private HttpResponse<String> get(String path, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(jira.gatewayUrl() + path));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static String basic(String token) {
        return "Basic "
                + Base64.getEncoder().encodeToString(("bridge@example.com:" + token).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void everybody_may_ask_for_the_id_of_the_site() throws Exception {
        assertThat(Json.parse(get("/_edge/tenant_info", "").body().getBytes(StandardCharsets.UTF_8))
                        .path("cloudId")
                        .asText())
                .isEqualTo(Gateway.CLOUD_ID);
    }

    @Test
    void tokens_with_scopes_are_taken_at_the_gateway_only_and_others_only_at_the_site() throws Exception {
        String gateway = Gateway.PATH + "/rest/api/2/myself";

        assertThat(get(gateway, basic("scoped")).statusCode()).isEqualTo(200);
        assertThat(get(gateway, "Bearer bearer").statusCode()).isEqualTo(200);
        assertThat(get(gateway, basic("bearer")).statusCode()).isEqualTo(401);
        assertThat(get(gateway, basic("plain")).statusCode()).isEqualTo(401);
        assertThat(get("/rest/api/2/myself", basic("scoped")).statusCode()).isEqualTo(401);
        assertThat(get("/rest/api/2/myself", basic("plain")).statusCode()).isEqualTo(200);
    }

    @Test
    void each_call_needs_its_scope() throws Exception {
        HttpResponse<String> refused = get(Gateway.PATH + "/rest/api/2/project/type", basic("scoped"));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("scope does not match");
    }

    @Test
    void the_scopes_of_the_bridges_calls_are_those_of_atlassians_document() throws IOException {
        assumeTrue(SandboxJira.knowsTheDocument(Deployment.CLOUD));
        JsonNode paths = Json.parse(Files.readAllBytes(AtlassianDocument.file(Deployment.CLOUD)))
                .path("paths");
        JiraRequests requests = new JiraRequests();

        for (JiraRequest request : List.of(
                requests.myself(),
                requests.issueStatus("1", true),
                requests.transitions("1"),
                requests.transition("1", "11"),
                requests.createIssues(List.of(Json.object("fields", Json.object()))),
                requests.setIssueProperty("1", "p", Json.object()),
                requests.issueProperty("1", "p"),
                requests.createMetaIssueTypes("SEC", 0),
                requests.createMetaFields("SEC", "1", 0),
                requests.siteFields(),
                requests.projectTypes(),
                requests.project("SEC"),
                requests.projectStatuses("SEC"),
                ValueRequests.people("asmith", true),
                ValueRequests.account("1"),
                ValueRequests.groups("security"),
                requests.creatableProjects("", 0, 50))) {
            String below = request.path().substring("/rest/api/2".length());

            assertThat(CloudScopes.of(request))
                    .as(request.subject())
                    .isIn(CloudScopes.NEEDED)
                    .isEqualTo(documented(paths, request))
                    .isEqualTo(Gateway.scope(request.method(), below));
        }
    }

    /** Of the path that has the fewest variables. */
    private static String documented(JsonNode paths, JiraRequest request) {
        Iterable<String> all = paths::fieldNames;
        Optional<String> path = StreamSupport.stream(all.spliterator(), false)
                .filter(name -> request.path().matches(name.replaceAll("\\{[^/]+}", "[^/]+")))
                .filter(name -> paths.path(name).has(request.method().toLowerCase(Locale.ROOT)))
                .min((a, b) -> Long.compare(variables(a), variables(b)));
        JsonNode scopes = paths.path(path.orElseThrow())
                .path(request.method().toLowerCase(Locale.ROOT))
                .path("x-atlassian-oauth2-scopes");
        for (JsonNode scheme : scopes) {
            if (scheme.path("state").asText().equals("Current")) {
                return scheme.at("/scopes/0").asText();
            }
        }
        return "";
    }

    private static long variables(String path) {
        return path.chars().filter(c -> c == '{').count();
    }
}
