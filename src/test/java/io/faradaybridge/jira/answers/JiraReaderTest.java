package io.faradaybridge.jira.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of Data Center, of Cloud, and the odd ones seen on real servers. */
class JiraReaderTest {

    @Test
    void reads_an_issue_that_was_moved_to_another_project_and_its_history_oldest_first() {
        IssueSnapshot issue = JiraReader.issue(json("""
            {'id':'10001','key':'NEW-3','self':'https://api.atlassian.com/ex/jira/1/rest/api/2/issue/10001',
             'fields':{'project':{'id':'10002','key':'NEW'},'issuetype':{'id':'1','name':'Fehler'},
               'status':{'id':'3','name':'In Arbeit','statusCategory':{'key':'indeterminate'}},
               'summary':'SQL injection','updated':'2026-11-22T12:00:00.000+0100'},
             'changelog':{'histories':[
               {'author':{'accountId':'5b10'},'created':'2026-11-22T10:05:00.000+0000','items':[
                 {'field':'resolution','from':null,'to':'1'},
                 {'field':'status','from':'10000','fromString':'Offen','to':'3','toString':'In Arbeit'}]},
               {'author':{'key':'JIRAUSER1','name':'ada','displayName':'Ada'},'created':'2026-11-22T11:00:00.000+0100','items':[
                 {'field':'status','from':'1','fromString':'Neu','to':'10000','toString':'Offen'}]},
               {'created':'2026-11-22T12:00:00Z','items':[{'field':'Key','fromString':'OLD-9','toString':'NEW-3'}]}]}}
            """));

        assertThat(issue)
                .isEqualTo(new IssueSnapshot(
                        "10001",
                        "NEW-3",
                        "10002",
                        "NEW",
                        "Fehler",
                        new JiraStatus("3", "In Arbeit"),
                        "SQL injection",
                        Instant.parse("2026-11-22T11:00:00Z"),
                        List.of(
                                new StatusChange(
                                        new JiraStatus("1", "Neu"),
                                        new JiraStatus("10000", "Offen"),
                                        "JIRAUSER1",
                                        "Ada",
                                        Instant.parse("2026-11-22T10:00:00Z")),
                                new StatusChange(
                                        new JiraStatus("10000", "Offen"),
                                        new JiraStatus("3", "In Arbeit"),
                                        "5b10",
                                        "5b10",
                                        Instant.parse("2026-11-22T10:05:00Z")))));
        assertThat(issue.initialStatus()).isEqualTo(new JiraStatus("1", "Neu"));
    }

    @Test
    void takes_the_present_status_of_an_issue_that_never_moved_for_its_first() {
        IssueSnapshot issue = JiraReader.issue(json(
                "{'id':'1','key':'P-1','fields':{'status':{'id':'1','name':'Open'}},'changelog':{'histories':[]}}"));

        assertThat(issue.initialStatus()).isEqualTo(new JiraStatus("1", "Open"));
    }

    @Test
    void reads_transitions_with_what_their_screens_still_require() {
        assertThat(JiraReader.transitions(json("""
                {'expand':'transitions','transitions':[
                  {'id':'11','name':'Start','to':{'id':'3','name':'In Progress'}},
                  {'id':21,'name':'Close','to':{'id':'6','name':'Done','statusCategory':{'key':'indeterminate'}},
                   'fields':{'resolution':{'required':true,'name':'Resolution','hasDefaultValue':false},
                             'assignee':{'required':false,'name':'Assignee'},
                             'customfield_1':{'required':true,'hasDefaultValue':true,'name':'Team'},
                             'customfield_2':{'required':true,'operations':['set','copy'],'defaultValue':'x'},
                             'customfield_3':{'required':true}}},
                  {'id':'31','name':'Nowhere'}]}""")))
                .extracting(Transition::id, Transition::name, Transition::to, Transition::unmetRequiredFields)
                .containsExactly(
                        tuple("11", "Start", new JiraStatus("3", "In Progress"), List.of()),
                        tuple("21", "Close", new JiraStatus("6", "Done"), List.of("Resolution", "customfield_3")),
                        tuple("31", "Nowhere", new JiraStatus("", ""), List.of()));
        assertThat(JiraReader.transitions(json("{'transitions':[]}"))).isEmpty();
    }

    @Test
    void finds_out_which_of_the_sent_issues_were_created() {
        BulkResult result = JiraReader.bulk(json("""
                {'issues':[{'id':'1','key':'P-1'},{'id':'2','key':'P-2'}],
                 'errors':[{'status':400,'failedElementNumber':1,
                            'elementErrors':{'errorMessages':[],'errors':{'priority':'is required'}}},
                           {'status':400,'failedElementNumber':3,'elementErrors':{'errorMessages':[],'errors':{}}}]}"""), 4);

        assertThat(result.created())
                .isEqualTo(Map.of(0, new CreatedIssue("1", "P-1"), 2, new CreatedIssue("2", "P-2")));
        assertThat(result.errors()).isEqualTo(Map.of(1, "priority: is required", 3, "Jira gave no reason (400)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'issues':[{'id':'1','key':'P-1'}],'errors':[]}",
                "{'issues':[{'id':'1','key':'P-1'},{'id':'2','key':'P-2'},{'id':'3','key':'P-3'}],'errors':[]}",
                "{'issues':[{'id':'1','key':'P-1'}],'errors':[{'failedElementNumber':7}]}",
                "{}"
            })
    void knows_nothing_of_the_outcome_when_the_answer_does_not_account_for_what_was_sent(String answer) {
        JiraFailure failure = catchThrowableOfType(JiraFailure.class, () -> JiraReader.bulk(json(answer), 2));

        assertThat(failure.kind()).isEqualTo(JiraFailure.Kind.UNKNOWN_OUTCOME);
    }

    @Test
    void turns_the_pages_of_both_searches() {
        assertThat(JiraReader.search(json("{'startAt':50,'total':52,'issues':[{'id':'1'}]}"))
                        .next())
                .isEqualTo("51");
        assertThat(JiraReader.search(json("{'startAt':51,'total':52,'issues':[{'id':'2'}]}"))
                        .last())
                .isTrue();
        assertThat(JiraReader.search(json("{'startAt':10,'total':52,'issues':[]}"))
                        .last())
                .isTrue();
        assertThat(JiraReader.search(json("{'isLast':false,'nextPageToken':'abc','issues':[{'id':'1'}]}"))
                        .next())
                .isEqualTo("abc");
        assertThat(JiraReader.search(json("{'isLast':true,'issues':[{'id':'1'}]}"))
                        .last())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'values':[{'id':'1','name':'Bug','subtask':false}],'isLast':true,'startAt':0,'total':1}",
                "{'issueTypes':[{'id':'1','name':'Bug','subtask':false}],'startAt':0,'total':1}",
                "{'projects':[{'key':'P','issuetypes':[{'id':'1','name':'Bug','subtask':false,'fields':{}}]}]}"
            })
    void reads_issue_types_of_data_center_cloud_and_old_versions(String page) {
        assertThat(CreateMetaReader.issueTypes(json(page))).containsExactly(new IssueType("1", "Bug", false));
        assertThat(CreateMetaReader.nextStart(json(page))).isEqualTo(-1);
    }

    private static final String FIELD = "{'required':true,'name':'Severity','hasDefaultValue':false,"
            + "'schema':{'type':'array','items':'option','custom':'multiselect','customId':7},"
            + "'allowedValues':[{'id':5,'label':'High'}]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'values':[" + FIELD + ",'fieldId':'customfield_7'}]}",
                "{'fields':[" + FIELD + ",'fieldId':'customfield_7','key':'customfield_7'}]}",
                "{'fields':{'customfield_7':" + FIELD + "}}}"
            })
    void reads_create_fields_of_data_center_cloud_and_old_versions(String page) {
        assertThat(CreateMetaReader.fields(json(page)))
                .containsExactly(new CreateMetaField(
                        "customfield_7",
                        "Severity",
                        true,
                        false,
                        "array",
                        "option",
                        "",
                        "multiselect",
                        List.of(json("{'id':5,'label':'High'}"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'values':[{},{}],'startAt':50,'total':60,'isLast':false}",
                "{'issueTypes':[{},{}],'startAt':50,'total':60}",
                "{'fields':[{},{}],'startAt':50,'total':60}"
            })
    void goes_on_to_the_next_page_of_create_metadata(String page) {
        assertThat(CreateMetaReader.nextStart(json(page))).isEqualTo(52);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'values':[{},{}],'startAt':50,'total':60,'isLast':true}",
                "{'issueTypes':[{},{}],'startAt':58,'total':60}",
                "{'fields':[],'startAt':50,'total':60}",
                "{'values':[{}]}"
            })
    void stops_after_the_last_page_of_create_metadata(String page) {
        assertThat(CreateMetaReader.nextStart(json(page))).isEqualTo(-1);
    }

    @Test
    void knows_our_account_by_the_id_that_histories_name_it_by() {
        assertThat(JiraReader.myself(json("{'accountId':'5b10','displayName':'Bridge'}")))
                .isEqualTo(new Myself("5b10", "Bridge"));
        assertThat(JiraReader.myself(json("{'name':'bridge','key':'JIRAUSER1','displayName':'Bridge'}")))
                .isEqualTo(new Myself("JIRAUSER1", "Bridge", "bridge"));
        assertThat(JiraReader.myself(json("{'name':'bridge'}"))).isEqualTo(new Myself("bridge", "bridge"));
    }

    private static JsonNode json(String singleQuoted) {
        try {
            return JsonMapper.builder().build().readTree(singleQuoted.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
