package io.faradaybridge.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.sandbox.Administrator;
import io.faradaybridge.sandbox.BridgeWorld;
import io.faradaybridge.sandbox.SandboxConnection;
import io.faradaybridge.sandbox.jira.Fault;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token's end is known from the user who stored it, and somebody hears of it in time. */
class CredentialsEndStoryTest {

    private static final String TOKEN = "pat-that-ends";

    private static BridgeWorld world;

    private final Administrator administrator = new Administrator(world, "faraday");

    @BeforeAll
    static void start() {
        world = Administrator.unconnected(
                        SandboxJira.Options.dataCenter().personalAccessToken(TOKEN, SandboxConnection.SERVICE_ACCOUNT))
                .start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void connect() {
        administrator.connect();
    }

    @AfterEach
    void calm() {
        world.jira().calm();
    }

    private JsonNode give(String end) {
        return administrator.put(
                "connection/credentials",
                "{'type': 'personal_access_token', 'token': '" + TOKEN + "', 'expires_at': '" + end + "'}");
    }

    private static String in(Duration time) {
        return Instant.now().plus(time).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private double daysLeft() {
        return world.observe("metrics")
                .lines()
                .filter(line -> line.startsWith("bridge_jira_credentials_left_seconds"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll(".* ", "")) / 86_400)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "31, ''",
        "29, within 30 days",
        "13, within 14 days",
        "6, within 7 days",
        "0, within a day",
    })
    void it_is_warned_of_from_thirty_days_before(int days, String warning) {
        String end = in(Duration.ofDays(days).plusHours(6));

        JsonNode connection = give(end).path("connection");

        assertThat(connection.at("/credentials/expires_at").asText()).isEqualTo(end);
        assertThat(connection.at("/credentials/days_left").asInt()).isEqualTo(days);
        String health = world.observe("health");
        assertThat(health).contains("\"ends\":\"" + end);
        for (String told : new String[] {connection.path("warnings").toString(), health}) {
            if (warning.isEmpty()) {
                assertThat(told).doesNotContain("credentials for Jira end");
            } else {
                assertThat(told).contains("The credentials for Jira end at " + end + ", " + warning);
            }
        }
        assertThat(daysLeft()).isBetween(days + 0.2, days + 0.3);
        assertThat(world.readiness()).isEqualTo("UP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-01-31T00:00:00Z", "soon", "2030-13-01T00:00:00Z"})
    void an_end_that_is_no_time_in_the_future_is_refused(String end) {
        assertThat(administrator
                        .tryPut(
                                "connection/credentials",
                                "{'type': 'personal_access_token', 'token': '" + TOKEN + "', 'expires_at': '" + end
                                        + "'}")
                        .body())
                .contains("expires_at", "time");
    }

    @Test
    void a_401_after_the_end_says_that_the_token_has_probably_ended() {
        String end = in(Duration.ofSeconds(2));
        give(end);
        await().until(() -> daysLeft() <= 0 && Instant.now().isAfter(Instant.parse(end)));
        world.jira().faults().sometimes(1, "GET", "/myself$", Fault.anonymous());

        JsonNode test = administrator.done("POST", "connection/test", "");

        assertThat(test.path("message").asText())
                .contains("They were to end at " + end + ", so they have probably ended");
        await().until(() -> administrator.state().equals("unauthorized"));
        assertThat(administrator.connection().at("/problem/message").asText()).contains("have probably ended");
        assertThat(administrator.connection().path("warnings").toString())
                .contains("The credentials for Jira ended at " + end);
    }
}
