package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraFailure.Kind;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.JiraStatus;
import io.faradaybridge.jira.answers.CreateMetaField;
import io.faradaybridge.jira.answers.IssueSnapshot;
import io.faradaybridge.jira.answers.Myself;
import io.faradaybridge.jira.answers.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jira is asked, and how often. */
class JiraClientTest {

    private static final JiraStatus OPEN = new JiraStatus("1", "Open");

    private final WireJira jira = new WireJira();
    private final Map<String, String> answers = new TreeMap<>();
    private volatile JiraSite site = new JiraSite(jira.url(""), new JiraCredentials.PersonalAccessToken("t-1"));
    private final SendingJira sending = new SendingJira(() -> site);
    private final JiraRequests requests = new JiraRequests();
    private final JiraClient client = new JiraClient(sending.template(), requests, () -> site);
    private final Transitions transitions = new Transitions(() -> site);

    @BeforeEach
    void answer() {
        jira.behave((request, out, socket) -> {
            String answer = answers.entrySet().stream()
                    .filter(known -> request.target().startsWith("/rest/api/2" + known.getKey()))
                    .map(Map.Entry::getValue)
                    .reduce((shorter, longer) -> longer)
                    .orElse("404");
            boolean status = answer.matches("\\d{3}");
            WireJira.json(
                            status ? Integer.parseInt(answer) : 200,
                            status ? "{}" : answer.replace('\'', '"'),
                            "X-AUSERNAME: bridge")
                    .answer(request, out, socket);
        });
    }

    @AfterEach
    void stop() {
        sending.close();
        jira.close();
    }

    @Test
    void asks_who_we_are_once_for_each_account() {
        answers.put("/myself", "{'name':'bridge','displayName':'Bridge'}");

        assertThat(List.of(client.myself(), client.myself())).containsOnly(new Myself("bridge", "Bridge"));
        site = new JiraSite(site.baseUrl(), new JiraCredentials.PersonalAccessToken("t-2"));
        client.myself();

        assertThat(jira.received())
                .extracting(request -> request.headers().get("Authorization"))
                .containsExactly("Bearer t-1", "Bearer t-2");
    }

    @Test
    void remembers_no_failure() {
        answers.put("/myself", "503");
        JiraFailure failure = catchThrowableOfType(JiraFailure.class, client::myself);
        answers.put("/myself", "{'name':'bridge'}");

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(client.myself().id()).isEqualTo("bridge");
    }

    @Test
    void searches_data_center_and_cloud_each_in_its_own_way() {
        answers.put("/serverInfo", "{'deploymentType':'Server'}");
        answers.put("/search?", "{'startAt':0,'total':2,'issues':[{'id':'10001','key':'P-1'}]}");
        answers.put(
                "/search?jql=updated%20%3E%3D%20-5m&fields=status%2Cupdated&maxResults=100&startAt=1",
                "{'startAt':1,'total':2,'issues':[{'id':'10002','key':'P-2'}]}");
        assertThat(keysOf("updated >= -5m", List.of("status", "updated"))).containsExactly("P-1", "P-2");

        site = new JiraSite(jira.url("/cloud"), site.credentials());
        jira.received().clear();
        pagesOfCloud(
                "{'issues':[{'key':'P-1'}],'nextPageToken':'token+1'}", "{'issues':[{'key':'P-2'}],'isLast':true}");

        assertThat(keysOf("updated >= -5m", List.of("status"))).containsExactly("P-1", "P-2");
        assertThat(jira.received())
                .extracting(WireJira.Received::target)
                .containsExactly(
                        "/cloud/rest/api/2/serverInfo",
                        "/cloud/rest/api/2/search/jql?jql=updated%20%3E%3D%20-5m&fields=status&maxResults=100",
                        "/cloud/rest/api/2/search/jql?jql=updated%20%3E%3D%20-5m&fields=status&maxResults=100"
                                + "&nextPageToken=token%2B1");
    }

    private List<String> keysOf(String jql, List<String> fields) {
        List<String> keys = new ArrayList<>();
        client.search(jql, fields, (issues, at) -> issues.forEach(issue -> keys.add(issue.key())));
        return keys;
    }

    /** One after the other; the last one again and again. */
    private void pagesOfCloud(String... pages) {
        AtomicInteger page = new AtomicInteger();
        jira.behave((request, out, socket) -> WireJira.json(
                        200,
                        (request.target().contains("serverInfo")
                                        ? "{'deploymentType':'Cloud'}"
                                        : pages[Math.min(page.getAndIncrement(), pages.length - 1)])
                                .replace('\'', '"'),
                        "X-AACCOUNTID: 5b10")
                .answer(request, out, socket));
    }

    @Test
    void a_page_that_says_it_is_the_last_beside_a_token_is_not_the_last() {
        pagesOfCloud(
                "{'issues':[{'key':'P-1'}],'nextPageToken':'a','isLast':true}",
                "{'issues':[],'nextPageToken':'b','isLast':false}",
                "{'issues':[{'key':'P-2'}],'isLast':true}");

        assertThat(client.searchAll("labels = x"))
                .extracting(IssueSnapshot::key)
                .containsExactly("P-1", "P-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'issues':[{'key':'P-1'}],'nextPageToken':'same','isLast':false}",
                "{'issues':[{'key':'P-1'}],'isLast':false}",
                "{'issues':[{'key':'P-1'}]}",
                "{}"
            })
    void pages_that_never_end_are_reported_after_few_calls_and_the_result_as_incomplete(String page) {
        pagesOfCloud(page);
        List<String> read = new ArrayList<>();

        JiraFailure failure = catchThrowableOfType(
                JiraFailure.class,
                () -> client.search(
                        "labels = x",
                        List.of("status"),
                        (issues, at) -> issues.forEach(issue -> read.add(issue.key()))));

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure.wholeSite()).isFalse();
        assertThat(failure).hasMessageContaining("did not return all of the issues found by labels = x");
        assertThat(jira.received()).hasSizeLessThanOrEqualTo(3);
        assertThat(read)
                .as("the pages that were read are used")
                .hasSize(page.contains("P-1") ? jira.received().size() - 1 : 0);
    }

    @Test
    void a_data_center_that_gives_its_first_page_for_every_other_is_not_asked_for_ever() {
        answers.put("/serverInfo", "{'deploymentType':'Server'}");
        answers.put("/search?", "{'startAt':0,'total':2,'issues':[{'id':'10001','key':'P-1'}]}");

        assertThat(catchThrowableOfType(JiraFailure.class, () -> client.searchAll("labels = x")))
                .hasMessageContaining("its pages repeat");
        assertThat(jira.received()).hasSize(3);
    }

    @Test
    void learns_create_fields_page_by_page_once() {
        answers.put(
                "/issue/createmeta/P/issuetypes?",
                "{'values':[{'id':'5','name':'Bug','subtask':true},{'id':'7','name':'Bug'}],'isLast':true}");
        answers.put(
                "/issue/createmeta/P/issuetypes/7?startAt=0",
                "{'values':[{'fieldId':'summary','name':'Summary','required':true}],'startAt':0,'total':2,'isLast':false}");
        answers.put(
                "/issue/createmeta/P/issuetypes/7?startAt=1",
                "{'values':[{'fieldId':'labels','name':'Labels'}],'startAt':1,'total':2,'isLast':true}");

        CreateMeta meta = client.createMeta("P", "bug");
        client.createMeta("P", "bug");
        int asked = jira.received().size();
        client.forgetCreateMeta("P", "bug");
        client.createMeta("P", "bug");

        assertThat(meta.issueType().id()).isEqualTo("7");
        assertThat(meta.fields()).extracting(CreateMetaField::fieldId).containsExactly("summary", "labels");
        assertThat(meta.field("LABELS")).isPresent();
        assertThat(asked).isEqualTo(3);
        assertThat(jira.received()).hasSize(6);
    }

    @Test
    void asks_a_jira_before_8_4_in_the_old_way() {
        answers.put(
                "/issue/createmeta?",
                "{'projects':[{'key':'P','issuetypes':[{'id':'7','name':'Bug','fields':{'labels':{'name':'Labels'}}}]}]}");

        assertThat(client.createMeta("P", "Bug").fields())
                .extracting(CreateMetaField::fieldId)
                .containsExactly("labels");
    }

    @Test
    void names_the_issue_types_there_are_when_the_configured_one_is_not() {
        answers.put("/issue/createmeta/P/issuetypes?", "{'values':[{'id':'7','name':'Bug'},{'id':'8','name':'Task'}]}");

        JiraFailure failure = catchThrowableOfType(JiraFailure.class, () -> client.createMeta("P", "Vulnerability"));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).hasMessageContaining("'Vulnerability'").hasMessageContaining("Bug, Task");
    }

    @Test
    void learns_from_one_issue_the_status_in_which_all_are_created() {
        answers.put(
                "/issue/10001",
                "{'fields':{'status':{'id':'3','name':'Doing'}},'changelog':{'histories':[{'created':"
                        + "'2026-11-22T10:00:00.000+0000','items':[{'field':'status','from':'1','fromString':'Open',"
                        + "'to':'3','toString':'Doing'}]}]}}");

        assertThat(client.initialStatus("P", "Bug", "10001")).isEqualTo(OPEN);
        assertThat(client.initialStatus("P", "Bug", "10002")).isEqualTo(OPEN);
        assertThat(jira.received()).hasSize(1);
    }

    @Test
    void asks_once_even_when_many_ask_at_once() {
        answers.put("/myself", "{'name':'bridge'}");

        List<CompletableFuture<Myself>> asking = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asking.add(CompletableFuture.supplyAsync(client::myself, task -> new Thread(task).start()));
        }

        assertThat(asking).allSatisfy(answer -> assertThat(answer.join().id()).isEqualTo("bridge"));
        assertThat(jira.received()).hasSize(1);
    }

    @Test
    void remembers_transitions_by_site_project_type_and_status_until_jira_disagrees() {
        List<Transition> offered = List.of(new Transition("11", "Start", new JiraStatus("3", "Doing"), List.of()));
        transitions.remember("P", "Bug", OPEN, offered);

        assertThat(transitions.cached("P", "Bug", new JiraStatus("1", "Renamed")))
                .contains(offered);
        assertThat(transitions.cached("P", "Bug", new JiraStatus("3", "Doing"))).isEmpty();
        assertThat(transitions.cached("P", "Task", OPEN)).isEmpty();
        assertThat(transitions.cached("Q", "Bug", OPEN)).isEmpty();
        site = new JiraSite(jira.url("/other"), site.credentials());
        assertThat(transitions.cached("P", "Bug", OPEN)).isEmpty();
        site = new JiraSite(jira.url(""), site.credentials());
        transitions.forget("P", "Bug", OPEN);
        assertThat(transitions.cached("P", "Bug", OPEN)).isEmpty();
    }

    @Test
    void makes_a_transition_with_its_id_as_text() {
        answers.put("/issue/10001/transitions", "{}");

        client.send(requests.transition(
                "10001", "21", JsonNodeFactory.instance.objectNode().put("a", 1)));
        client.send(requests.transition("10001", "21", null));

        assertThat(jira.received())
                .extracting(WireJira.Received::body)
                .containsExactly(
                        "{\"transition\":{\"id\":\"21\"},\"fields\":{\"a\":1}}", "{\"transition\":{\"id\":\"21\"}}");
    }

    @Test
    void encodes_what_it_puts_into_a_path() {
        answers.put("/issue/", "{}");

        client.send(requests.issueProperty("10001", "faraday bridge/1"));
        client.send(requests.setIssueProperty("10001", "é", JsonNodeFactory.instance.textNode("x")));

        assertThat(jira.received())
                .extracting(request -> request.method() + " " + request.target() + " " + request.body())
                .containsExactly(
                        "GET /rest/api/2/issue/10001/properties/faraday%20bridge%2F1 ",
                        "PUT /rest/api/2/issue/10001/properties/%C3%A9 \"x\"");
    }
}
