package io.faradaybridge.incoming;

import com.fasterxml.jackson.databind.JsonNode;
import io.faradaybridge.configuration.IntegrationConfigurationSource;
import io.faradaybridge.jira.JiraAnswer;
import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.JiraRequests;
import io.faradaybridge.jira.client.AskedTogether;
import io.faradaybridge.jira.client.JiraClient;
import io.faradaybridge.link.DueLinks;
import io.faradaybridge.link.LinkFailures;
import io.faradaybridge.link.LinkWork;
import io.faradaybridge.link.Reconciliation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.seda.SedaEndpoint;
import org.springframework.stereotype.Component;

/**
 * Asks Jira Cloud about many hinted issues with one call. Each link has its own lease, and Faraday is read before Jira
 * (L6). An issue that the answer leaves out, or that needs more than its status, is asked about by itself afterwards.
 */
@Component("jointLook")
class JointLook {

    private final AskedTogether together;
    private final DueLinks due;
    private final Reconciliation reconciliation;
    private final LinkFailures failures;
    private final JiraClient jira;
    private final JiraRequests requests;
    private final IntegrationConfigurationSource configuration;
    private final CamelContext camel;

    JointLook(
            AskedTogether together,
            DueLinks due,
            Reconciliation reconciliation,
            LinkFailures failures,
            JiraClient jira,
            JiraRequests requests,
            IntegrationConfigurationSource configuration,
            CamelContext camel) {
        this.together = together;
        this.due = due;
        this.reconciliation = reconciliation;
        this.failures = failures;
        this.jira = jira;
        this.requests = requests;
        this.configuration = configuration;
        this.camel = camel;
    }

    /** @return leased work for the flow, most of it with Jira's answer; empty on Data Center */
    public List<LinkWork> look() {
        if (!together.atWork() || waiting() >= JiraRequests.MOST_ISSUES) {
            return List.of();
        }
        Map<String, String> versions = configuration.current().mappingVersions();
        List<LinkWork> open = due.claimHinted(versions, JiraRequests.MOST_ISSUES).stream()
                .map(work -> work.needsHistory() ? work : reconciliation.lookAtFaraday(work))
                .filter(LinkWork::open)
                .toList();
        Map<Boolean, List<LinkWork>> parts =
                open.stream().collect(Collectors.partitioningBy(LinkWork::mayBeAskedTogether));
        List<LinkWork> asked = parts.getOrDefault(true, List.of());
        return asked.size() < 2
                ? open
                : Stream.concat(parts.getOrDefault(false, List.of()).stream(), answered(asked).stream())
                        .toList();
    }

    private int waiting() {
        return camel.getEndpoint("seda:incoming-status", SedaEndpoint.class).getCurrentQueueSize();
    }

    private List<LinkWork> answered(List<LinkWork> asked) {
        Map<String, JiraAnswer> answers;
        try {
            answers = ask(asked);
        } catch (JiraFailure failure) {
            if (failure.refusedOrGone()) {
                return asked;
            }
            asked.forEach(work -> failures.postpone(work, failure));
            return List.of();
        }
        return asked.stream()
                .map(work -> Optional.ofNullable(answers.get(work.link().issueId()))
                        .map(answer -> reconciliation.lookAtJira(work, answer))
                        .orElse(work))
                .filter(LinkWork::open)
                .toList();
    }

    /** The answers by issue id. */
    private Map<String, JiraAnswer> ask(List<LinkWork> asked) {
        JiraAnswer answer = jira.send(requests.issueStatuses(
                asked.stream().map(work -> work.link().issueId()).toList()));
        Map<String, JiraAnswer> byId = new HashMap<>();
        for (JsonNode issue : answer.body().path("issues")) {
            byId.put(issue.path("id").asText(), new JiraAnswer(answer.status(), issue, answer.jiraTime()));
        }
        return byId;
    }
}
