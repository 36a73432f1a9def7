package io.faradaybridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.FaradayUsers.FaradayUser;
import io.faradaybridge.secrets.KeyDerivation;
import io.faradaybridge.web.ApiTerms;
import jakarta.servlet.http.Cookie;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class SessionCookiesTest {

    private static final FaradayUser PETRA = petra("$2b$12$hash", "a1b2", true);

    private Instant now = Instant.parse("2026-03-02T08:00:00Z");
    private final SessionCookies cookies = cookies("one key", false);

    private SessionCookies cookies(String key, boolean publicHttps) {
        KeyDerivation shared = purpose -> (key + purpose).getBytes(StandardCharsets.UTF_8);
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        return new SessionCookies(shared, new AccountFingerprint(shared), publicHttps, clock);
    }

    private static FaradayUser petra(String hash, String uniquifier, boolean active) {
        return new FaradayUser(3, "pentester", hash, active, "local", false, uniquifier);
    }

    private String issued(Session session) {
        return cookies.cookie(session, new MockHttpServletRequest()).getValue();
    }

    private static MockHttpServletRequest carrying(String... values) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        Cookie[] all = new Cookie[values.length];
        for (int n = 0; n < values.length; n++) {
            all[n] = new Cookie(ApiTerms.COOKIE, values[n]);
        }
        request.setCookies(all);
        return request;
    }

    @Test
    void another_replica_with_the_same_key_reads_it() {
        Session session = cookies.begin(PETRA);

        assertThat(cookies("one key", false).of(carrying(issued(session)))).contains(session);
    }

    @Test
    void a_cookie_signed_by_anybody_else_is_none() {
        String foreign = cookies("another key", false)
                .cookie(cookies.begin(PETRA), new MockHttpServletRequest())
                .getValue();

        assertThat(cookies.of(carrying(foreign))).isEmpty();
    }

    @Test
    void a_cookie_changed_by_its_bearer_is_none() {
        String value = issued(cookies.begin(PETRA));
        String content = new String(Base64.getUrlDecoder().decode(value.split("\\.")[0]), StandardCharsets.UTF_8);
        String administrator = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(content.replace("pentester", "faraday").getBytes(StandardCharsets.UTF_8));

        assertThat(content).contains("pentester");
        assertThat(cookies.of(carrying(administrator + "." + value.split("\\.")[1])))
                .isEmpty();
        assertThat(cookies.of(carrying("", "no-dot", ".", "a.b", "x".repeat(10_000), value.split("\\.")[0] + ".")))
                .isEmpty();
    }

    @Test
    void the_right_cookie_counts_beside_a_wrong_one_of_its_name() {
        Session session = cookies.begin(PETRA);

        assertThat(cookies.of(carrying("planted.by-another-site", issued(session))))
                .contains(session);
    }

    @Test
    void it_ends_after_eight_hours() {
        String value = issued(cookies.begin(PETRA));

        now = now.plus(Duration.ofHours(8)).minusSeconds(1);
        assertThat(cookies.of(carrying(value))).isPresent();
        now = now.plusSeconds(1);
        assertThat(cookies.of(carrying(value))).isEmpty();
    }

    @Test
    void used_in_the_second_half_of_its_life_it_lasts_longer_with_the_same_csrf_token() {
        Session session = cookies.begin(PETRA);
        now = now.plus(Duration.ofHours(4)).minusSeconds(1);
        assertThat(cookies.renewed(session)).isEmpty();

        now = now.plusSeconds(1);
        Session renewed = cookies.renewed(session).orElseThrow();

        assertThat(renewed.ends()).isEqualTo(session.ends().plus(Duration.ofHours(4)));
        assertThat(cookies.csrfFits(renewed, cookies.csrfToken(session))).isTrue();
    }

    @Test
    void however_busy_it_is_over_a_day_after_the_sign_in() {
        Session session = cookies.begin(PETRA);
        Instant began = now;
        for (int hour = 0; hour < 30; hour++) {
            now = now.plus(Duration.ofHours(1));
            Optional<Session> renewed = cookies.renewed(session);
            session = renewed.orElse(session);
        }

        assertThat(session.ends()).isEqualTo(began.plus(Duration.ofHours(24)));
    }

    @Test
    void it_belongs_to_the_account_as_it_was() {
        Session session = cookies.begin(PETRA);

        assertThat(cookies.stillOf(session, PETRA)).isTrue();
        assertThat(cookies.stillOf(session, petra("$2b$12$new", "a1b2", true)))
                .as("another password")
                .isFalse();
        assertThat(cookies.stillOf(session, petra("$2b$12$hash", "other", true)))
                .as("all sessions ended in Faraday")
                .isFalse();
        assertThat(cookies.stillOf(
                        session, new FaradayUser(3, "pentester", "$2b$12$hash", true, "local", true, "a1b2")))
                .as("a second factor since")
                .isFalse();
        assertThat(cookies.stillOf(session, petra("$2b$12$hash", "a1b2", false)))
                .as("deactivated")
                .isFalse();
        assertThat(cookies.stillOf(
                        session, new FaradayUser(9, "pentester", "$2b$12$hash", true, "local", false, "a1b2")))
                .as("removed and made anew")
                .isFalse();
    }

    @Test
    void each_session_has_a_csrf_token_of_its_own() {
        Session one = cookies.begin(PETRA);
        Session other = cookies.begin(PETRA);

        assertThat(cookies.csrfFits(one, cookies.csrfToken(one))).isTrue();
        assertThat(cookies.csrfFits(one, cookies.csrfToken(other))).isFalse();
        assertThat(cookies.csrfFits(one, "")).isFalse();
    }

    @Test
    void neither_scripts_nor_other_sites_nor_plain_http_get_it() {
        MockHttpServletRequest https = new MockHttpServletRequest();
        https.setSecure(true);
        Session session = cookies.begin(PETRA);

        String overHttp = cookies.cookie(session, new MockHttpServletRequest()).toString();
        assertThat(overHttp)
                .contains("; Path=/;", "; HttpOnly", "; SameSite=Lax", "Max-Age=28800")
                .doesNotContain("Secure");
        assertThat(cookies.cookie(session, https).toString()).contains("; Secure");
        assertThat(cookies("one key", true)
                        .cookie(session, new MockHttpServletRequest())
                        .toString())
                .contains("; Secure");
    }

    @Test
    void it_reveals_nothing_about_the_password() {
        String value = issued(cookies.begin(PETRA));

        assertThat(new String(Base64.getUrlDecoder().decode(value.split("\\.")[0]), StandardCharsets.UTF_8))
                .doesNotContain("$2b$", "hash");
    }
}
