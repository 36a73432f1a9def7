package io.faradaybridge.jira.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faradaybridge.jira.EditRequests;
import io.faradaybridge.jira.JiraCredentials;
import io.faradaybridge.jira.JiraOperation;
import io.faradaybridge.jira.JiraRequest;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.JiraSite;
import io.faradaybridge.jira.MarkerRequests;
import io.faradaybridge.jira.ValueRequests;
import io.faradaybridge.sandbox.jira.Deployment;
import io.faradaybridge.sandbox.jira.SandboxJira;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the bridge sends is what Atlassian documents: the sandbox refuses whatever is not, in every story of this JVM. Skipped
 * where the documents are not at hand (see docs/architecture.md, "Tests").
 */
class AtlassianDocumentsTest {

    private final JiraRequests requests = new JiraRequests();

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void every_request_of_the_bridge_is_documented(Deployment deployment) {
        withJira(deployment, jira -> {
            boolean cloud = deployment == Deployment.CLOUD;
            String id = jira.send(requests.createIssues(List.of(draft())))
                    .body()
                    .at("/issues/0/id")
                    .asText();
            Stream.of(
                            requests.myself(),
                            requests.serverInfo(),
                            requests.issueStatus(id, true),
                            requests.issueStatus(id, true, true),
                            requests.transitions(id),
                            requests.transition(id, "11"),
                            EditRequests.issueFields(id, List.of("summary")),
                            EditRequests.editIssue(
                                    id, JsonNodeFactory.instance.objectNode().put("summary", "Another")),
                            EditRequests.relate("SEC-1", "SEC-1"),
                            requests.searchUpdated("project = SEC", List.of("status"), null, cloud),
                            MarkerRequests.created("project = SEC AND creator = currentUser()", null, cloud),
                            requests.setIssueProperty(
                                    id,
                                    "faraday-bridge",
                                    JsonNodeFactory.instance.objectNode().put("marker", "m")),
                            requests.issueProperty(id, "faraday-bridge"),
                            requests.createMetaIssueTypes("SEC", 0),
                            requests.createMetaFields("SEC", "10004", 0),
                            requests.projectTypes(),
                            requests.project("SEC"),
                            requests.projectStatuses("SEC"),
                            ValueRequests.people("asmith", cloud),
                            ValueRequests.groups("security"),
                            ValueRequests.suggestions("cf[10010]", "high"),
                            ValueRequests.issuesCalled("An issue", cloud),
                            ValueRequests.issuesLike("An iss", "SEC", cloud),
                            requests.issue(id, false),
                            cloud ? requests.issueStatuses(List.of(id)) : requests.issueStatus(id, false),
                            cloud ? requests.creatableProjects("sec", 0, 50) : requests.projects())
                    .forEach(request -> assertThatCode(() -> jira.send(request))
                            .as(request.subject())
                            .doesNotThrowAnyException());
        });
    }

    @ParameterizedTest
    @EnumSource(Deployment.class)
    void a_request_that_is_not_documented_is_refused(Deployment deployment) {
        withJira(deployment, jira -> {
            assertThatThrownBy(() -> jira.send(get("/myself", List.of(Map.entry("detail", "1")))))
                    .hasMessageContaining("Atlassian's document")
                    .hasMessageContaining("detail");
            assertThatThrownBy(() -> jira.send(get("/issues/of/mine", List.of())))
                    .hasMessageContaining("Atlassian's document");
            ObjectNode wrong = JsonNodeFactory.instance.objectNode();
            wrong.putObject("transition").put("id", 11);
            assertThatThrownBy(() -> jira.send(new JiraRequest(
                            JiraOperation.TRANSITION,
                            "POST",
                            "/rest/api/2/issue/10001/transitions",
                            List.of(),
                            wrong,
                            "issue 10001")))
                    .hasMessageContaining("Atlassian's document");
        });
    }

    private static void withJira(Deployment deployment, Consumer<SendingJira> story) {
        SandboxJira.Options options = deployment == Deployment.CLOUD
                ? SandboxJira.Options.cloud().apiToken("bridge@example.org", "token-1", "faraday-bridge")
                : SandboxJira.Options.dataCenter().personalAccessToken("token-1", "faraday-bridge");
        assumeTrue(
                SandboxJira.knowsTheDocument(deployment),
                "Atlassian's documents are not there; name their folder with -Dbridge.jira-openapi");
        JiraCredentials credentials = deployment == Deployment.CLOUD
                ? new JiraCredentials.ApiToken("bridge@example.org", "token-1")
                : new JiraCredentials.PersonalAccessToken("token-1");
        try (SandboxJira sandbox = SandboxJira.start(options);
                SendingJira sending = new SendingJira(() -> new JiraSite(URI.create(sandbox.baseUrl()), credentials))) {
            story.accept(sending);
        }
    }

    private static JiraRequest get(String path, List<Map.Entry<String, String>> query) {
        return new JiraRequest(JiraOperation.READ, "GET", "/rest/api/2" + path, query, null, path);
    }

    private static ObjectNode draft() {
        ObjectNode draft = JsonNodeFactory.instance.objectNode();
        ObjectNode fields = draft.putObject("fields");
        fields.putObject("project").put("key", "SEC");
        fields.putObject("issuetype").put("id", "10004");
        fields.put("summary", "Weak cipher");
        fields.putArray("labels").add("faraday-bridge-1");
        draft.putArray("properties")
                .addObject()
                .put("key", "faraday-bridge")
                .putObject("value")
                .put("marker", "m");
        return draft;
    }
}
