package io.faradaybridge.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.faradaybridge.faraday.IntegrationConfiguration;
import io.faradaybridge.sandbox.FaradayDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose work the integration is, and so whether the bridge keeps its hands off. */
class OwnershipTest {

    private static final OperatorCredentials NONE = new OperatorCredentials("", "", "", "", "");
    private static final OperatorCredentials GIVEN = new OperatorCredentials("", "", "token", "", "");

    private static final JdbcClient rows =
            FaradayDatabase.shared().newBridgeDatabase().rows();

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    @BeforeEach
    void nothingDecided() {
        rows.sql("DELETE FROM faraday_bridge.runtime_state").update();
        rows.sql("DELETE FROM configuration WHERE key = 'jira_integration'").update();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private Ownership ownership(String observe, OperatorCredentials credentials) {
        context.registerBean(JdbcClient.class, () -> rows);
        context.registerBean(
                ObserveSettings.class,
                () -> new ObserveSettings(ObserveSettings.Mode.valueOf(observe.toUpperCase(java.util.Locale.ROOT))));
        context.registerBean(OperatorCredentials.class, () -> credentials);
        context.register(Ownership.class, IntegrationConfiguration.class);
        context.refresh();
        return context.getBean(Ownership.class);
    }

    private static void row(String value) {
        rows.sql("INSERT INTO configuration (key, value) VALUES ('jira_integration', ?::jsonb)"
                        + " ON CONFLICT (key) DO UPDATE SET value = excluded.value")
                .param(value)
                .update();
    }

    /** Columns: Faraday's row, the setting, the operator's credentials, what is on record, observing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                        | auto   | no  |        | false
            {"enabled": true}                         | auto   | no  |        | true
            {"authorization_state": "authorized"}     | auto   | no  |        | true
            {"authorization_state": "Authorized"}     | auto   | no  |        | true
            {"authorization_state": "pending"}        | auto   | no  |        | false
            {"url": "https://j", "project_key": "A"}  | auto   | no  |        | false
            {"enabled": true}                         | auto   | yes |        | false
            {"enabled": true}                         | auto   | no  | ours   | false
            {"enabled": true}                         | auto   | yes | theirs | true
            {}                                        | auto   | no  | theirs | true
            {}                                        | always | yes | ours   | true
            {"enabled": true}                         | never  | no  | theirs | false
            """)
    void observes_what_somebody_else_put_to_work(
            String row, String observe, String credentials, String decided, boolean observing) {
        row(row);
        Ownership ownership = ownership(observe, credentials.equals("yes") ? GIVEN : NONE);
        if (decided != null) {
            ownership.decide(decided.equals("ours"), 1, "faraday");
        }

        assertThat(ownership.state().observing()).isEqualTo(observing);
        assertThat(ownership.state().why()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "'','','','','',false",
        "key.pem,'','','','',false",
        "key.pem,t,'','','',true",
        "'','',pat,'','',true",
        "'','','',me@example.org,'',false",
        "'','','',me@example.org,t,true"
    })
    void credentials_count_where_they_are_complete(
            String keyFile, String token, String pat, String email, String apiToken, boolean given) {
        assertThat(new OperatorCredentials(keyFile, token, pat, email, apiToken).given())
                .isEqualTo(given);
    }

    @Test
    void a_row_that_was_nobodys_is_ours_once_our_api_puts_it_to_work() {
        row("{\"url\": \"https://jira.example.org\", \"enabled\": false}");
        Ownership ownership = ownership("auto", NONE);

        boolean ours = ownership.taken(1);
        row("{\"url\": \"https://jira.example.org\", \"enabled\": true, \"authorization_state\": \"authorized\"}");

        assertThat(ours).isTrue();
        assertThat(ownership.state().observing()).isFalse();
        assertThat(ownership.taken(1)).as("it stays ours").isTrue();
    }

    @Test
    void a_row_that_somebody_else_put_to_work_stays_theirs_whatever_our_api_changes() {
        row("{\"enabled\": false, \"authorization_state\": \"authorized\"}");
        Ownership ownership = ownership("auto", NONE);

        assertThat(ownership.taken(1)).isFalse();

        assertThat(ownership.state().observing()).isTrue();
        ownership.decide(true, 1, "faraday");
        assertThat(ownership.taken(1)).isTrue();
    }

    @Test
    void who_goes_back_to_observing_is_not_put_to_work_by_a_change_of_the_set_up() {
        Ownership ownership = ownership("auto", NONE);
        ownership.decide(false, 1, "faraday");

        assertThat(ownership.taken(1)).isFalse();

        assertThat(ownership.state().observing()).isTrue();
        assertThat(ownership.state().why()).contains("faraday");
    }
}
