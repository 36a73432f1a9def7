package io.faradaybridge.jira;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of each issue of a bulk creation, by its position in what was sent, from 0.
 *
 * @param errors Jira's reason, for people
 */
public record BulkResult(SortedMap<Integer, CreatedIssue> created, SortedMap<Integer, String> errors) {

    public BulkResult(Map<Integer, CreatedIssue> created, Map<Integer, String> errors) {
        this(new TreeMap<>(created), new TreeMap<>(errors));
    }
}
