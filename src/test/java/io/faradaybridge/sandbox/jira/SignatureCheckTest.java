package io.faradaybridge.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.oauth.OAuthProblemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignatureCheckTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();
    private static final String MYSELF = "/rest/api/2/myself";

    private final SandboxJira jira = SandboxJira.start(SandboxJira.Options.dataCenter()
            .contextPath("/jira")
            .authorised("faraday", KEYS.getPublic(), "token", "bridge"));
    private final SignedClient client = new SignedClient(jira.baseUrl(), "faraday", KEYS.getPrivate(), "token");

    @AfterEach
    void close() {
        jira.close();
    }

    @Test
    void takes_the_example_of_the_oauth_wiki() throws OAuthProblemException {
        JiraClock clock = new JiraClock();
        clock.runAhead(Duration.between(Instant.now(), Instant.ofEpochSecond(1_196_666_512)));
        OAuthTokens tokens = new OAuthTokens(clock);
        tokens.link("dpf43f3p2l4k3l03", Keys.publicKey("""
                        -----BEGIN PUBLIC KEY-----
                        MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC0YjCwIfYoprq/FQO6lb3asXrx
                        LlJFuCvtinTF5p0GxvQGu5O3gYytUvtC2JlYzypSRjVxwxrsuRcP3e641SdASwfr
                        mzyvIgP08N4S0IFzEURkV1wp/IpH7kH41EtbmUmrXSwfNZsnQRE5SYSOhh+LcK2w
                        yQkdgcMv11l4KoBkcwIDAQAB
                        -----END PUBLIC KEY-----
                        """));
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Host", List.of("photos.example.net"));
        headers.put(
                "Authorization",
                List.of("OAuth oauth_consumer_key=\"dpf43f3p2l4k3l03\", oauth_nonce=\"13917289812797014437\","
                        + " oauth_signature_method=\"RSA-SHA1\", oauth_timestamp=\"1196666512\","
                        + " oauth_version=\"1.0\", oauth_signature=\"jvTp%2FwX1TYtByB1m%2BPbyo0lnCOLIsyGCH7wke8AUs"
                        + "3BpnwZJtAuEJkvQL2%2F9n4s5wUmUl4aCI4BwpraNx4RtEXMe5qg5T1LVTGliMRpKasKsW%2F%2Fe%2BRinhejg"
                        + "CuzoH26dyF8iY2ZZ%2F5D1ilgeijhV%2FvBka5twt399mXwaYdCwFYE%3D\""));
        SignatureCheck check = new SignatureCheck(
                new Site(Deployment.DATA_CENTER, false, "http://photos.example.net", "", clock), tokens);
        RawRequest example = new RawRequest("GET", "/photos?file=vacaction.jpg&size=original", headers, new byte[0]);

        check.verify(check.read(example));

        RawRequest other = new RawRequest("GET", "/photos?file=vacaction.jpg&size=large", headers, new byte[0]);
        assertThatThrownBy(() -> check.verify(check.read(other))).isInstanceOf(OAuthProblemException.class);
    }

    @Test
    void takes_a_query_of_reserved_and_foreign_characters() {
        String query = "/rest/api/2/search?jql=labels%20%3D%20%22a%2Bb%26c%25d%2A%7E%E3%80%81%22&fields=summary";

        HttpResponse<String> answer = client.send("GET", query, null);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(jira.rejectedSignatures()).isEmpty();
    }

    @Test
    void refuses_a_query_that_is_not_the_one_signed() {
        String signed = client.authorization("GET", MYSELF + "?a=1");

        HttpResponse<String> answer = client.sendWith(signed, "GET", MYSELF + "?a=2", null);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .startsWith("oauth_problem=signature_invalid")
                .contains("oauth_signature_base_string=GET%26http%253A%252F%252Flocalhost");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("OAuth ")
                .contains("oauth_problem=\"signature_invalid\"");
        assertThat(jira.rejectedSignatures()).containsExactly(Map.entry("signature_invalid", 1));
    }

    @Test
    void refuses_another_method_or_another_key() {
        String signed = client.authorization("GET", "/rest/api/2/search?jql=");
        assertThat(client.sendWith(signed, "POST", "/rest/api/2/search?jql=", null)
                        .body())
                .contains("signature_invalid");

        KeyPair other = SandboxJira.freshKeyPair();
        SignedClient impostor = new SignedClient(jira.baseUrl(), "faraday", other.getPrivate(), "token");
        assertThat(impostor.get("/myself").body()).contains("signature_invalid");
    }

    @Test
    void refuses_a_nonce_it_has_seen() {
        String signed = client.authorization("GET", MYSELF);
        assertThat(client.sendWith(signed, "GET", MYSELF, null).statusCode()).isEqualTo(200);

        HttpResponse<String> replayed = client.sendWith(signed, "GET", MYSELF, null);

        assertThat(replayed.statusCode()).isEqualTo(401);
        assertThat(replayed.body()).isEqualTo("oauth_problem=nonce_used");
    }

    @Test
    void refuses_a_clock_that_is_more_than_five_minutes_off_and_says_its_own() {
        jira.clockAhead(Duration.ofSeconds(290));
        assertThat(client.get("/myself").statusCode()).isEqualTo(200);

        jira.clockAhead(Duration.ofMinutes(20));
        HttpResponse<String> answer = client.get("/myself");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("oauth_problem=timestamp_refused", "oauth_acceptable_timestamps=");
    }

    @Test
    void names_what_is_wrong_with_consumer_token_and_method() {
        SignedClient stranger = new SignedClient(jira.baseUrl(), "nobody", KEYS.getPrivate(), "token");
        assertThat(stranger.get("/myself").body()).isEqualTo("oauth_problem=consumer_key_unknown");
        assertThat(client.withToken("forged").get("/myself").body()).isEqualTo("oauth_problem=token_rejected");
        String hmac = "OAuth oauth_consumer_key=\"faraday\", oauth_token=\"token\", oauth_nonce=\"1\","
                + " oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\"1\", oauth_signature=\"x\"";
        assertThat(client.sendWith(hmac, "GET", MYSELF, null).statusCode()).isEqualTo(400);

        jira.expireToken("token");
        assertThat(client.get("/myself").body()).isEqualTo("oauth_problem=token_expired");
        jira.revokeToken("token");
        assertThat(client.get("/myself").body()).isEqualTo("oauth_problem=token_rejected");
    }

    @Test
    void lets_nobody_in_without_a_proof_but_tells_everybody_its_version() {
        HttpResponse<String> anonymous = client.sendWith(null, "GET", MYSELF, null);
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(SignedClient.json(anonymous).path("status-code").asInt()).isEqualTo(401);

        assertThat(client.sendWith(null, "GET", "/rest/api/2/serverInfo", null).statusCode())
                .isEqualTo(200);
    }

    @Test
    void takes_personal_access_tokens_it_was_told_about() {
        jira.personalAccessToken("secret", "bridge");

        assertThat(client.sendWith("Bearer secret", "GET", MYSELF, null).body()).contains("\"name\":\"bridge\"");
        assertThat(client.sendWith("Bearer wrong", "GET", MYSELF, null).statusCode())
                .isEqualTo(401);
    }
}
