package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.sandbox.jira.Permissions.Permission;
import io.faradaybridge.sandbox.jira.ReceivedCall.Kind;
import io.faradaybridge.sandbox.jira.SandboxIssue;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many keys are looked up in few calls, on a Jira that refuses a whole search for one of them. */
class IssueLookupTest {

    private static final KeyPair KEYS = SandboxJira.freshKeyPair();

    @SuppressWarnings("NullAway.Init")
    private SandboxJira jira;

    @SuppressWarnings("NullAway.Init")
    private SendingJira sending;

    private IssueLookup lookup(String kind) {
        SandboxJira.Options options =
                kind.equals("cloud") ? SandboxJira.Options.cloud() : SandboxJira.Options.dataCenter();
        jira = SandboxJira.start(options.authorised("faraday-key", KEYS.getPublic(), "token-1", "bridge"));
        JiraSite site = new JiraSite(
                URI.create(jira.baseUrl()), new JiraCredentials.OAuth1("faraday-key", KEYS.getPrivate(), "token-1"));
        sending = new SendingJira(() -> site);
        return new IssueLookup(new JiraClient(sending.template(), new JiraRequests(), () -> site));
    }

    @AfterEach
    void stop() {
        sending.close();
        jira.close();
    }

    private List<String> issues(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(jira.createPerson("SEC", "Bug", "old").key());
        }
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"data-center", "cloud"})
    void those_that_are_there_are_found_beside_those_that_are_not(String kind) {
        IssueLookup lookup = lookup(kind);
        List<String> keys = issues(97);
        keys.addAll(10, List.of("SEC-901", "SEC-902", "SEC-903"));
        jira.movePerson("SEC-5", "Done");

        IssueLookup.Found found = lookup.byKey(keys);

        assertThat(found.issues()).hasSize(97);
        assertThat(found.issues().get("SEC-5").status().name()).isEqualTo("Done");
        assertThat(found.denied()).containsOnlyKeys("SEC-901", "SEC-902", "SEC-903");
        assertThat(found.denied().get("SEC-901")).contains("does not exist or is hidden");
        System.out.println(kind + ": 100 keys, 3 of them unknown: " + jira.count(Kind.SEARCH) + " searches, "
                + jira.count(Kind.READ_ISSUE) + " single reads");
        assertThat(jira.count(Kind.SEARCH)).isLessThanOrEqualTo(kind.equals("cloud") ? 4 : 1);
        assertThat(jira.count(Kind.READ_ISSUE)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data-center", "cloud"})
    void an_old_key_leads_to_the_issue_under_its_new_one(String kind) {
        IssueLookup lookup = lookup(kind);
        List<String> keys = issues(3);
        SandboxIssue moved = jira.moveToProject("SEC-2", "WEB");

        IssueLookup.Found found = lookup.byKey(keys);

        assertThat(found.issues()).containsOnlyKeys("SEC-1", "SEC-2", "SEC-3");
        assertThat(found.issues().get("SEC-2").key()).isEqualTo(moved.key());
        assertThat(found.issues().get("SEC-2").id()).isEqualTo(moved.id());
        assertThat(found.issues().get("SEC-2").projectKey()).isEqualTo("WEB");
    }

    @Test
    void an_issue_that_the_index_does_not_show_yet_is_found() {
        IssueLookup lookup = lookup("data-center");
        jira.faults().searchLag(Duration.ofHours(1), Duration.ofHours(1));
        List<String> keys = issues(1);

        assertThat(lookup.byKey(keys).issues()).containsOnlyKeys("SEC-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data-center", "cloud"})
    void issues_are_found_by_id_too(String kind) {
        IssueLookup lookup = lookup(kind);
        issues(2);
        String id = jira.issue("SEC-2").id();

        IssueLookup.Found found = lookup.byId(List.of(id, "99999"));

        assertThat(found.issues()).containsOnlyKeys(id);
        assertThat(found.denied()).containsOnlyKeys("99999");
    }

    @Test
    void what_our_account_may_not_see_is_denied() {
        IssueLookup lookup = lookup("cloud");
        List<String> keys = issues(2);
        jira.permissions().withdraw(Permission.BROWSE, "SEC", "bridge");

        assertThat(lookup.byKey(keys).denied()).containsOnlyKeys("SEC-1", "SEC-2");
    }

    @Test
    void while_jira_is_away_nothing_is_denied() {
        IssueLookup lookup = lookup("data-center");
        List<String> keys = issues(2);
        jira.stop();

        assertThatThrownBy(() -> lookup.byKey(keys))
                .isInstanceOfSatisfying(JiraFailure.class, failure -> assertThat(failure.wholeSite())
                        .isTrue());
    }
}
