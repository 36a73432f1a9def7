package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraSettings;
import io.faradaybridge.jira.JiraSite;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Jira behind a private authority's certificate, and behind a proxy that leads out. */
@Tag("long")
class WayOutTest {

    private static final JiraRequest READ =
            new JiraRequest(JiraOperation.READ, "GET", "/rest/api/2/myself", List.of(), null, "the account");
    private static final JiraRequest CREATE =
            new JiraRequest(JiraOperation.CREATE, "POST", "/rest/api/2/issue/bulk", List.of(), null, "an issue");

    @TempDir
    private static Path folder;

    private static PrivateAuthority authority;
    private static WireJira jira;

    @BeforeAll
    static void start() {
        authority = new PrivateAuthority(folder);
        jira = new WireJira(authority.server("dns:localhost,dns:jira.example.org"));
    }

    @AfterAll
    static void stop() {
        jira.close();
    }

    private static JiraSettings settings(String proxy, String user, String password, String caFile) {
        JiraSettings usual = SendingJira.SETTINGS;
        return new JiraSettings(
                usual.connectTimeout(),
                usual.readTimeout(),
                usual.createTimeout(),
                usual.attendedTimeout(),
                4,
                SendingJira.LOOPBACK,
                proxy,
                user,
                password,
                caFile);
    }

    private static SendingJira sending(String address, JiraSettings settings) {
        JiraSite site = new JiraSite(
                URI.create(address), new JiraCredentials.OAuth1("key", TestKeys.PAIR.getPrivate(), "token"));
        return new SendingJira(settings, () -> site);
    }

    private static String localhost() {
        return "https://localhost:" + jira.url("").getPort();
    }

    private static JiraFailure refusedBy(ServerSocket server, String caFile) {
        try (WireJira other = new WireJira(server);
                SendingJira sending =
                        sending("https://localhost:" + other.url("").getPort(), settings("", "", "", caFile))) {
            JiraFailure failure = catchThrowableOfType(JiraFailure.class, () -> sending.send(READ));

            assertThat(failure.problem()).isEqualTo(JiraProblem.TLS);
            assertThat(failure.wholeSite()).isTrue();
            assertThat(failure)
                    .hasMessageNotContaining("PKIX")
                    .hasMessageNotContaining("certification path")
                    .hasMessageNotContaining("Exception");
            assertThat(other.received()).isEmpty();
            return failure;
        }
    }

    @Test
    void an_unknown_authority_is_not_trusted_and_the_message_names_the_setting() {
        JiraFailure failure = refusedBy(authority.server("dns:localhost,dns:jira.internal,ip:10.0.0.7"), "");

        assertThat(failure)
                .hasMessageContaining(
                        "it is for CN=Jira (names: localhost, jira.internal, 10.0.0.7), issued by CN=Private CA")
                .hasMessageContaining("Its chain ends at CN=Private CA, which the bridge does not know")
                .hasMessageContaining("bridge.jira.ca-file");
        assertThat(failure.problem().hint()).contains("bridge.jira.ca-file");
    }

    @Test
    void a_missing_intermediate_certificate_is_reported() {
        JiraFailure failure = refusedBy(
                authority.serverWithoutItsIntermediate("dns:localhost"),
                authority.certificate().toString());

        assertThat(failure)
                .hasMessageContaining("issued by CN=Authority Between")
                .hasMessageContaining("The server does not send the certificate of CN=Authority Between")
                .hasMessageContaining("let the server send its whole chain")
                .hasMessageContaining("bridge.jira.ca-file");
    }

    @Test
    void an_expired_certificate_is_reported_with_its_end() {
        assertThat(refusedBy(
                        authority.expiredServer("dns:localhost"),
                        authority.certificate().toString()))
                .hasMessageContaining("The certificate of CN=Jira ended at 2020-")
                .hasMessageContaining("renew");
    }

    @Test
    void the_authority_in_the_file_is_trusted() {
        try (SendingJira sending = sending(
                localhost(), settings("", "", "", authority.certificate().toString()))) {
            assertThat(sending.send(READ).status()).isEqualTo(200);
        }
    }

    @Test
    void not_for_another_host() {
        assertThat(refusedBy(
                        authority.server("dns:other.example.org"),
                        authority.certificate().toString()))
                .hasMessageContaining("its certificate is not for localhost")
                .hasMessageContaining("it is for CN=Jira (names: other.example.org), issued by CN=Private CA")
                .hasMessageContaining("bridge.jira.ca-file does not help here");
    }

    @Test
    void a_file_without_certificates_is_refused_at_start() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");
        for (Path file : List.of(empty, folder.resolve("missing.pem"))) {
            assertThatThrownBy(() -> sending(localhost(), settings("", "", "", file.toString())))
                    .hasMessageContaining("bridge.jira.ca-file " + file + " cannot be used");
        }
    }

    @Test
    void a_proxy_leads_to_a_name_that_only_it_knows() throws Exception {
        try (ForwardProxy proxy =
                        new ForwardProxy("bridge", "proxy-secret", jira.url("").getPort());
                SendingJira sending = sending(
                        "https://jira.example.org/jira",
                        settings(
                                proxy.url(),
                                "bridge",
                                "proxy-secret",
                                authority.certificate().toString()))) {
            int before = jira.received().size();

            assertThat(sending.send(READ).status()).isEqualTo(200);

            assertThat(proxy.asked()).containsExactly("CONNECT jira.example.org:443 HTTP/1.1");
            WireJira.Received received = jira.received().get(before);
            assertThat(received.target()).isEqualTo("/jira/rest/api/2/myself");
            assertThat(received.headers().get("Authorization")).startsWith("OAuth ");
            assertThat(received.headers())
                    .as("what is the proxy's stays there")
                    .doesNotContainKey("Proxy-Authorization");
        }
    }

    @Test
    void a_proxy_that_wants_another_password_refuses_no_work_for_good() throws Exception {
        try (ForwardProxy proxy =
                        new ForwardProxy("bridge", "proxy-secret", jira.url("").getPort());
                SendingJira sending =
                        sending("https://jira.example.org", settings(proxy.url(), "bridge", "wrong-secret", ""))) {
            JiraFailure failure = catchThrowableOfType(JiraFailure.class, () -> sending.send(CREATE));

            assertThat(failure.problem()).isEqualTo(JiraProblem.PROXY);
            assertThat(failure.kind()).isEqualTo(JiraFailure.Kind.TRANSIENT);
            assertThat(failure.wholeSite()).isTrue();
            assertThat(failure)
                    .hasMessageContaining("bridge.jira.proxy-password")
                    .hasMessageNotContaining("wrong-secret");
        }
    }
}
