package io.faradaybridge.jira.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.jira.JiraCredentials;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Credentials go to the site they are for, and to nothing else on its host. */
class RequestSignerTest {

    private static void sign(HttpRequest request, String base) throws Exception {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(
                RequestSigner.PARTY,
                new RequestSigner.Party(
                        URI.create(base), new JiraCredentials.PersonalAccessToken("pat-secret"), Map.of()));
        new RequestSigner(
                        () -> {
                            throw new IllegalStateException("not asked");
                        },
                        Clock.systemUTC())
                .process(request, null, context);
    }

    @ParameterizedTest
    @CsvSource({
        "https://jira.example.org/jira, https://jira.example.org/jira-evil/rest/api/2/myself",
        "https://jira.example.org/jira, https://jira.example.org/jir",
        "https://jira.example.org/jira, https://jira.example.org/rest/api/2/myself",
        "https://jira.example.org, https://jira.example.org.evil.example/rest",
        "https://jira.example.org, http://jira.example.org/rest",
        "https://jira.example.org, https://jira.example.org:8443/rest"
    })
    void credentials_are_not_sent_beside_the_base_address(String base, String elsewhere) {
        HttpRequest request = new BasicHttpRequest("GET", URI.create(elsewhere));

        assertThatThrownBy(() -> sign(request, base)).hasMessageContaining("nothing was sent");
        assertThat(request.containsHeader("Authorization")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "https://jira.example.org/jira, https://jira.example.org/jira/rest/api/2/myself",
        "https://jira.example.org/jira, https://jira.example.org/jira",
        "https://jira.example.org/~ada/jira, https://jira.example.org/~ada/jira/rest",
        "https://jira.example.org, https://jira.example.org/rest/api/2/myself"
    })
    void credentials_are_sent_below_the_base_address(String base, String below) throws Exception {
        HttpRequest request = new BasicHttpRequest("GET", URI.create(below));

        sign(request, base);

        assertThat(request.getHeader("Authorization").getValue()).isEqualTo("Bearer pat-secret");
    }
}
