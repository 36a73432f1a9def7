package io.faradaybridge.jira.client;

import io.faradaybridge.jira.JiraFailure;
import io.faradaybridge.jira.answers.IssueSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Looks up many keys or ids in Jira with few calls: one search for a hundred of them. Jira refuses a whole search
 * because of one unknown key (Cloud always, Data Center by default). Then the keys that it names are left out, or the
 * search is split in halves. An issue that no search shows is read by itself, because the index may be late and the old
 * key of a moved issue is found only in this way.
 */
@Component
public class IssueLookup {

    /** The number of keys or ids in one search. */
    public static final int AT_ONCE = 100;

    private final JiraClient jira;

    IssueLookup(JiraClient jira) {
        this.jira = jira;
    }

    /**
     * @param issues the issues, by the key or id that was looked up; a moved issue has another key now
     * @param denied Jira's reasons, by key or id: the issue does not exist or is hidden from the bridge's account
     */
    public record Found(Map<String, IssueSnapshot> issues, Map<String, String> denied) {}

    /** @throws JiraFailure if Jira cannot be asked; then there is no partial result */
    public Found byKey(Collection<String> keys) {
        return find(keys, "issuekey", IssueSnapshot::key);
    }

    /** @throws JiraFailure if Jira cannot be asked; then there is no partial result */
    public Found byId(Collection<String> ids) {
        return find(ids, "id", IssueSnapshot::id);
    }

    /**
     * The issues that the search index shows, with their histories; others are left out.
     *
     * @throws JiraFailure if Jira cannot be asked
     */
    public List<IssueSnapshot> histories(Collection<String> ids) {
        return search(List.copyOf(ids), "id", true);
    }

    private Found find(Collection<String> names, String field, Function<IssueSnapshot, String> nameOf) {
        Map<String, IssueSnapshot> issues = new HashMap<>();
        search(List.copyOf(names), field, false).forEach(issue -> issues.put(nameOf.apply(issue), issue));
        issues.keySet().retainAll(names);
        Map<String, String> denied = new LinkedHashMap<>();
        for (String name : names) {
            if (!issues.containsKey(name)) {
                try {
                    issues.put(name, jira.issue(name, false));
                } catch (JiraFailure failure) {
                    if (failure.kind() != JiraFailure.Kind.GONE && failure.kind() != JiraFailure.Kind.REFUSED) {
                        throw failure;
                    }
                    denied.put(name, String.valueOf(failure.getMessage()));
                }
            }
        }
        return new Found(issues, denied);
    }

    private List<IssueSnapshot> search(List<String> names, String field, boolean withChangelog) {
        List<IssueSnapshot> found = new ArrayList<>();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            found.addAll(searchOnce(names.subList(from, Math.min(from + AT_ONCE, names.size())), field, withChangelog));
        }
        return found;
    }

    private List<IssueSnapshot> searchOnce(List<String> names, String field, boolean withChangelog) {
        if (names.isEmpty()) {
            return List.of();
        }
        try {
            String jql =
                    names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(",", field + " in (", ")"));
            return jira.searchLeniently(jql, withChangelog);
        } catch (JiraFailure failure) {
            if (failure.kind() != JiraFailure.Kind.REFUSED) {
                throw failure;
            }
            return withoutThoseNamed(names, field, withChangelog, String.valueOf(failure.getMessage()));
        }
    }

    /** Jira quotes a key as 'SEC-7', the bridge as "SEC-7": so a message that only repeats the query names no key. */
    private List<IssueSnapshot> withoutThoseNamed(
            List<String> names, String field, boolean withChangelog, String complaint) {
        List<String> rest = names.stream()
                .filter(name -> !complaint.contains("'" + name + "'"))
                .toList();
        if (rest.size() < names.size()) {
            return searchOnce(rest, field, withChangelog);
        }
        if (names.size() == 1) {
            return List.of();
        }
        List<IssueSnapshot> found =
                new ArrayList<>(searchOnce(names.subList(0, names.size() / 2), field, withChangelog));
        found.addAll(searchOnce(names.subList(names.size() / 2, names.size()), field, withChangelog));
        return found;
    }
}
