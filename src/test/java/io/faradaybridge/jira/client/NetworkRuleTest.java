package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraProblem;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraSettings;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.http.AddressRefused;
import io.faradaybridge.jira.http.AllowedAddresses;
import io.faradaybridge.jira.http.AllowedDnsResolver;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network rule holds where connections are made, however an address is written or a name is turned. */
class NetworkRuleTest {

    private static final JiraRequest READ =
            new JiraRequest(JiraOperation.READ, "GET", "/rest/api/2/myself", List.of(), null, "the account");

    private final WireJira jira = new WireJira();
    private final int port = jira.url("").getPort();

    @AfterEach
    void stop() {
        jira.close();
    }

    private JiraFailure refusal(String address, JiraSettings settings) {
        JiraSite site = new JiraSite(URI.create(address), new JiraCredentials.PersonalAccessToken("pat-secret"));
        try (SendingJira sending = new SendingJira(settings, () -> site)) {
            return catchThrowableOfType(JiraFailure.class, () -> sending.send(READ));
        }
    }

    private static JiraSettings allowing(List<String> networks, String proxy) {
        JiraSettings usual = SendingJira.SETTINGS;
        return new JiraSettings(
                usual.connectTimeout(),
                usual.readTimeout(),
                usual.createTimeout(),
                usual.attendedTimeout(),
                4,
                networks,
                proxy,
                "",
                "",
                "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "2130706433", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"})
    void nothing_is_sent_to_this_machine_unless_allowed(String host) {
        JiraFailure failure = refusal("http://" + host + ":" + port, allowing(List.of(), ""));

        assertThat(failure.problem()).isEqualTo(JiraProblem.BLOCKED_ADDRESS);
        assertThat(failure.kind()).isEqualTo(JiraFailure.Kind.TRANSIENT);
        assertThat(failure.wholeSite()).isTrue();
        assertThat(failure).hasMessageContaining("bridge.jira.allowed-networks").hasMessageNotContaining("pat-secret");
        assertThat(jira.received()).isEmpty();
    }

    /** The system's own resolver reads these where Java does not; either way nobody is called. */
    @ParameterizedTest
    @ValueSource(strings = {"0x7f000001", "0177.0.0.1", "017700000001", "localhost."})
    void nor_by_a_spelling_that_only_some_resolvers_read(String host) {
        refusal("http://" + host + ":" + port, allowing(List.of(), ""));

        assertThat(jira.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "2852039166",
                "[fe80::1]",
                "[::ffff:169.254.169.254]",
                "[fd00:ec2::254]",
                "0.0.0.0",
                "0",
                "[::]"
            })
    void nor_to_metadata_whatever_is_allowed(String host) {
        JiraFailure failure = refusal("http://" + host + ":" + port, allowing(List.of("0.0.0.0/0", "::/0"), ""));

        assertThat(failure.problem()).isEqualTo(JiraProblem.BLOCKED_ADDRESS);
        assertThat(jira.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "169.254.169.254", "2130706433"})
    void nor_by_way_of_a_proxy(String host) {
        JiraFailure failure = refusal(
                "http://" + host + ":1", allowing(List.of(), jira.url("").toString()));

        assertThat(failure.problem()).isEqualTo(JiraProblem.BLOCKED_ADDRESS);
        assertThat(jira.received()).as("the proxy itself was not asked").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest/meta-data", "http://127.0.0.1:1/", "/elsewhere"})
    void a_redirect_is_followed_nowhere(String location) {
        jira.behave(WireJira.json(302, "{}", "Location: " + location));

        JiraFailure failure = refusal(jira.url("").toString(), SendingJira.SETTINGS);

        assertThat(failure.problem()).isEqualTo(JiraProblem.WRONG_BASE_URL);
        assertThat(jira.received()).hasSize(1);
    }

    @Test
    void a_name_is_judged_each_time_it_is_asked_for() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        InetAddress outside = address(192, 0, 2, 7);
        InetAddress inside = address(169, 254, 169, 254);
        try (AllowedDnsResolver names =
                names(host -> new InetAddress[] {asked.incrementAndGet() == 1 ? outside : inside}, List.of())) {
            assertThat(names.resolve("rebinding.example.org")).containsExactly(outside);
            assertThatThrownBy(() -> names.resolve("rebinding.example.org")).isInstanceOf(AddressRefused.class);
        }
    }

    @Test
    void of_a_names_addresses_only_those_allowed_are_connected_to() throws Exception {
        InetAddress outside = address(192, 0, 2, 7);
        InetAddress inside = address(10, 0, 0, 1);
        try (AllowedDnsResolver names = names(host -> new InetAddress[] {inside, outside}, List.of())) {
            assertThat(names.resolve("both.example.org")).containsExactly(outside);
        }
    }

    @Test
    void a_name_server_that_does_not_answer_holds_nobody_up() {
        CountDownLatch never = new CountDownLatch(1);
        try (AllowedDnsResolver names = new AllowedDnsResolver(
                new AllowedAddresses(List.of()),
                resolver(host -> {
                    never.await();
                    return new InetAddress[0];
                }),
                Duration.ofMillis(50))) {
            assertThatThrownBy(() -> names.resolve("jira.example.org"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("did not answer");
        }
    }

    private static InetAddress address(int... octets) throws UnknownHostException {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return InetAddress.getByAddress(bytes);
    }

    private interface Names {
        InetAddress[] of(String host) throws Exception;
    }

    private static AllowedDnsResolver names(Names names, List<String> allowed) {
        return new AllowedDnsResolver(new AllowedAddresses(allowed), resolver(names), Duration.ofSeconds(20));
    }

    private static DnsResolver resolver(Names names) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                try {
                    return names.of(host);
                } catch (Exception e) {
                    throw new UnknownHostException(host);
                }
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }

    @Test
    void a_jira_on_ipv6_is_signed_and_spoken_to() throws Exception {
        assumeTrue(WireJira.ipv6(), "this machine has no IPv6 loopback");
        try (WireJira six = new WireJira(WireJira.loopbackOfIpv6())) {
            six.behave((request, out, socket) -> answer(out));
            JiraSite site = new JiraSite(
                    URI.create("http://[::1]:" + six.url("").getPort() + "/jira"),
                    new JiraCredentials.OAuth1("key", TestKeys.PAIR.getPrivate(), "token"));
            try (SendingJira sending = new SendingJira(() -> site)) {
                assertThat(sending.send(READ).status()).isEqualTo(200);
            }
            assertThat(six.received().get(0).headers().get("Authorization")).startsWith("OAuth ");
        }
    }

    private static void answer(OutputStream out) throws java.io.IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.flush();
    }
}
