package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.oauth.OAuthAccessor;
import net.oauth.OAuthConsumer;
import net.oauth.OAuthMessage;
import net.oauth.SimpleOAuthValidator;
import net.oauth.signature.RSA_SHA1;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to Jira, and what comes back to the calling route. */
class JiraSendTest {

    private static final JiraCredentials OAUTH =
            new JiraCredentials.OAuth1("faraday-key", TestKeys.PAIR.getPrivate(), "access-token-1");

    private final WireJira jira = new WireJira();
    private volatile JiraSite site = new JiraSite(jira.url("/jira"), OAUTH);
    private SendingJira sending;

    @BeforeEach
    void start() {
        sending = new SendingJira(() -> site, new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:caller")
                        .onException(JiraFailure.class)
                        .handled(true)
                        .setBody(simple("handled: ${exception.kind}"))
                        .end()
                        .to(JiraRoutes.SEND);
            }
        });
    }

    @AfterEach
    void stop() {
        sending.close();
        jira.close();
    }

    @Test
    void sends_a_request_that_jiras_own_oauth_library_verifies() throws Exception {
        String awkward = "project in (A, \"B&C\") AND summary ~ \"100% = 50+50 * ~é漢😀/?#[]@!$'();:,\" \n\u007f";

        sending.send(read("/rest/api/2/search", List.of(Map.entry("jql", awkward), Map.entry("a b", ""))));

        WireJira.Received request = jira.received().get(0);
        assertThat(request.target())
                .startsWith("/jira/rest/api/2/search?jql=project%20in%20%28A%2C")
                .doesNotContain("+");
        assertThat(net.oauth.OAuth.decodeForm(query(request)))
                .extracting(Map.Entry::getKey, Map.Entry::getValue)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("jql", awkward),
                        org.assertj.core.groups.Tuple.tuple("a b", ""));
        verify(request);
    }

    @Test
    void characters_that_xml_does_not_know_never_go_out() throws Exception {
        ObjectNode fields = new ObjectMapper().createObjectNode();
        fields.put("summary", "a\u0001b\uFFFEc\uD800d\uD83D\uDD13");
        fields.putArray("labels").add("e\uFFFFf");
        ObjectNode issue = new ObjectMapper().createObjectNode();
        issue.set("fields", fields);

        sending.send(new JiraRequests().createIssues(List.of(issue)));
        sending.send(read("/rest/api/2/search", List.of(Map.entry("jql", "summary ~ \"x\u0002y\uDC00\""))));

        assertThat(new ObjectMapper().readTree(jira.received().get(0).body()).at("/issueUpdates/0/fields"))
                .isEqualTo(new ObjectMapper().readTree("{\"summary\":\"abcd\\uD83D\\uDD13\",\"labels\":[\"ef\"]}"));
        assertThat(jira.received().get(1).target()).endsWith("jql=summary%20~%20%22xy%22");
    }

    private void verify(WireJira.Received request) throws Exception {
        OAuthConsumer consumer = new OAuthConsumer(null, "faraday-key", null, null);
        consumer.setProperty(RSA_SHA1.PUBLIC_KEY, TestKeys.PAIR.getPublic());
        OAuthAccessor accessor = new OAuthAccessor(consumer);
        accessor.tokenSecret = "";
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (net.oauth.OAuth.Parameter parameter :
                OAuthMessage.decodeAuthorization(request.headers().get("Authorization"))) {
            if (!parameter.getKey().equals("realm")) {
                parameters.add(parameter);
            }
        }
        OAuthMessage message = new OAuthMessage(
                request.method(), "http://" + request.headers().get("Host") + request.target(), parameters);
        assertThat(message.getToken()).isEqualTo("access-token-1");
        new SimpleOAuthValidator().validateMessage(message, accessor);
    }

    private static String query(WireJira.Received request) {
        return request.target().substring(request.target().indexOf('?') + 1);
    }

    @Test
    void signs_every_request_anew() throws Exception {
        sending.send(read("/rest/api/2/myself", List.of()));
        sending.send(read("/rest/api/2/myself", List.of()));

        assertThat(jira.received())
                .extracting(r -> r.headers().get("Authorization"))
                .doesNotHaveDuplicates();
        verify(jira.received().get(1));
    }

    @Test
    void sends_json_with_nothing_of_the_callers_headers_and_gives_them_back_untouched() throws Exception {
        jira.behave(WireJira.json(
                201,
                "{\"id\":\"10001\"}",
                "X-From-Jira: 1",
                "Set-Cookie: JSESSIONID=1",
                "Date: Sun, 22 Nov 2026 21:00:00 GMT"));
        JsonNode body = new ObjectMapper().readTree("{\"fields\":{\"summary\":\"Überlauf\"}}");
        JiraRequest create = new JiraRequest(
                JiraOperation.CREATE, "POST", "/rest/api/2/issue/bulk", List.of(), body, "1 issue in project P");
        Map<String, Object> before = Map.of(
                "X-Jira-Token",
                "secret",
                "JMSCorrelationID",
                "c-1",
                "Cookie",
                "a=b",
                "CamelHttpPath",
                "/evil",
                "CamelHttpQuery",
                "x=1",
                "CamelHttpMethod",
                "DELETE",
                "CamelRestHttpUri",
                "http://evil.example",
                "Authorization",
                "Basic evil");

        Exchange after = sending.template().request("direct:caller", exchange -> {
            exchange.getMessage().setHeaders(new java.util.HashMap<>(before));
            exchange.getMessage().setBody(create);
        });

        WireJira.Received request = jira.received().get(0);
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /jira/rest/api/2/issue/bulk");
        assertThat(request.headers())
                .containsOnlyKeys(
                        "Accept",
                        "Accept-Encoding",
                        "Authorization",
                        "Connection",
                        "Content-Length",
                        "Content-Type",
                        "Host",
                        "User-Agent")
                .containsEntry("Content-Type", "application/json")
                .containsEntry("User-Agent", "faraday-jira-bridge");
        assertThat(request.headers().get("Authorization")).startsWith("OAuth ");
        assertThat(request.body()).isEqualTo(body.toString());
        assertThat(after.getMessage().getHeaders()).isEqualTo(before);
        JiraAnswer answer = after.getMessage().getBody(JiraAnswer.class);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("id").asText()).isEqualTo("10001");
        assertThat(answer.jiraTime()).isEqualTo("2026-11-22T21:00:00Z");
    }

    @Test
    void signs_what_jira_sees_behind_a_proxy() throws Exception {
        site = new JiraSite(URI.create("http://jira.example.org:8080/jira"), OAUTH);
        try (SendingJira proxied =
                new SendingJira(SendingJira.through(jira.url("").toString(), "", ""), () -> site)) {
            proxied.send(read("/rest/api/2/search", List.of(Map.entry("jql", "a = b"))));
        }

        WireJira.Received request = jira.received().get(0);
        assertThat(request.target()).isEqualTo("http://jira.example.org:8080/jira/rest/api/2/search?jql=a%20%3D%20b");
        verify(new WireJira.Received(
                request.method(),
                request.target().substring("http://jira.example.org:8080".length()),
                request.headers(),
                ""));
    }

    @Test
    void leaves_the_failure_to_the_policy_of_the_calling_route() {
        jira.behave(WireJira.json(503, "", "Retry-After: 0"));

        Object handled = sending.template().requestBody("direct:caller", read("/rest/api/2/myself", List.of()));

        assertThat(handled).isEqualTo("handled: TRANSIENT");
        assertThat(jira.received()).as("no retry by the client itself").hasSize(1);
    }

    @Test
    void keeps_no_cookies() {
        jira.behave(WireJira.json(200, "{}", "Set-Cookie: JSESSIONID=1; Path=/"));

        sending.send(read("/rest/api/2/myself", List.of()));
        sending.send(read("/rest/api/2/myself", List.of()));

        assertThat(jira.received().get(1).headers()).doesNotContainKey("Cookie");
    }

    @Test
    void sends_a_personal_access_token_as_bearer_and_an_api_token_as_basic() {
        site = new JiraSite(jira.url(""), new JiraCredentials.PersonalAccessToken("pat-1"));
        sending.send(read("/rest/api/2/myself", List.of()));
        site = new JiraSite(jira.url(""), new JiraCredentials.ApiToken("jürgen@example.org", "t-1"));
        sending.send(read("/rest/api/2/myself", List.of()));

        assertThat(jira.received())
                .extracting(request -> request.headers().get("Authorization"))
                .containsExactly("Bearer pat-1", "Basic asO8cmdlbkBleGFtcGxlLm9yZzp0LTE=");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void follows_no_redirect_so_that_credentials_reach_nobody_else(int status) {
        try (WireJira other = new WireJira()) {
            jira.behave(WireJira.json(status, "", "Location: " + other.url("/login") + "?os_destination=secret"));

            JiraFailure failure = failing(read("/rest/api/2/myself", List.of()));

            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORISED);
            assertThat(failure).hasMessageContaining("/login").hasMessageNotContaining("secret");
            assertThat(other.received()).isEmpty();
        }
    }

    @Test
    void gives_the_credentials_of_a_new_site_to_no_call_that_was_meant_for_the_old_one() {
        JiraSite old = new JiraSite(jira.url("/old"), OAUTH);
        List<JiraSite> asked = new ArrayList<>();
        try (SendingJira changing = new SendingJira(() -> {
            asked.add(old);
            return asked.size() == 1 ? old : new JiraSite(jira.url("/new"), OAUTH);
        })) {
            JiraFailure failure =
                    catchThrowableOfType(JiraFailure.class, () -> changing.send(read("/rest/api/2/myself", List.of())));

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(jira.received()).isEmpty();
        }
    }

    private JiraFailure failing(JiraRequest request) {
        return catchThrowableOfType(JiraFailure.class, () -> sending.send(request));
    }

    private static JiraRequest read(String path, List<Map.Entry<String, String>> query) {
        return new JiraRequest(JiraOperation.READ, "GET", path, query, null, "the bridge's own account");
    }
}
